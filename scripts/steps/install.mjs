/**
 * Installs the packages of package-lock.json if they are missing or differ.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { failure } from "./failure.mjs";
import { npmProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lockfile */

/**
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json, which npm writes last: it is absent after an
 * interrupted installation
 */
export function isInstalled(wanted, installed) {
  if (!installed) return false;
  return Object.entries(wanted.packages ?? {})
    .filter(([place]) => place !== "")
    .every(([place, entry]) => {
      const present = installed.packages?.[place];
      // Optional packages are not installed on other platforms.
      if (!present) return entry.optional === true;
      return present.version === entry.version && present.integrity === entry.integrity;
    });
}

/**
 * @param {string} version as `process.versions.node`
 * @param {string} wanted the `engines.node` of package.json, `>=major.minor`
 */
export function isNodeRecent(version, wanted) {
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(wanted);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** @param {string} text */
const numbers = (text) => Array.from(text.matchAll(/\d+/g), ([digits]) => Number(digits));

/**
 * @param {object} context
 * @param {string} context.root the project's folder
 * @param {(message: string) => void} context.say
 * @param {string} [context.nodeVersion]
 * @param {typeof runQuietly} [context.run]
 * @throws a failure if Node is too old or npm cannot install the packages
 */
export async function install({ root, say, nodeVersion = process.versions.node, run = runQuietly }) {
  const { engines } = readJson(path.join(root, "package.json"));
  if (!isNodeRecent(nodeVersion, engines.node)) {
    throw failure(
      `This is Node ${nodeVersion}; KAL needs Node ${engines.node.replace(">=", "")} or newer. ` +
        "Install a current Node and run the command again.",
    );
  }
  const wanted = readJson(path.join(root, "package-lock.json"));
  if (isInstalled(wanted, readJsonIfAny(path.join(root, "node_modules/.package-lock.json")))) return;

  say("Installing packages (once, and again only when package-lock.json changes) …");
  // The build and the tests need the development packages, whatever NODE_ENV or the user's npm settings say.
  const { code, output } = await run(npmProgram(["ci", "--include=dev"]), { cwd: root });
  if (code !== 0) {
    throw failure(
      `${output}\nThe packages could not be installed: npm ci ended with code ${code}. ` +
        "See its output above. Fix the cause (often the network, a proxy or a full disk) and run the command again.",
    );
  }
}

/** @param {string} file @returns {any} */
function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** @param {string} file @returns {any} undefined if the file is missing or invalid */
function readJsonIfAny(file) {
  try {
    return readJson(file);
  } catch {
    return undefined;
  }
}
