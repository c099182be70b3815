/**
 * Builds dist/ with webpack when a source has changed since the last build.
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { failure } from "./failure.mjs";
import { packageProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/** Everything that the build reads; package-lock.json stands for the packages that it bundles. */
const sources = [
  "src",
  "assets",
  "manifest.xml",
  "webpack.config.js",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** What the commands need of a build; a stamp says nothing about a folder that somebody has emptied since. */
export const outputs = [
  ...["functions.js", "functions.json", "taskpane.html"].map((file) => `dist/addin/${file}`),
  ...["gateway.js", "program.js", "simulator.js", "formula.js"].map((file) => `dist/service/${file}`),
];

/**
 * @param {string} root the project's folder
 * @returns {string} the same for the same names and contents, whatever the dates of the files
 */
export function hashSources(root) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesBelow(path.join(root, source)))) {
    const content = readFileSync(file);
    hash
      .update(`${path.relative(root, file).replaceAll(path.sep, "/")}\n${content.length}\n`)
      .update(content);
  }
  return hash.digest("hex");
}

/** @param {string} place a file, a folder or nothing @returns {string[]} */
function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}

/**
 * @param {object} context
 * @param {string} context.root
 * @param {(message: string) => void} context.say
 * @param {typeof runQuietly} [context.run]
 * @throws a failure with webpack's whole output
 */
export async function build({ root, say, run = runQuietly }) {
  const stamp = path.join(root, "dist/.build-stamp");
  const hash = hashSources(root);
  const isComplete = () => outputs.every((file) => existsSync(path.join(root, file)));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash && isComplete()) return;

  // A build that is broken off must not pass for the finished one of before.
  rmSync(stamp, { force: true });
  say("Building …");
  const { code, output } = await run(packageProgram(root, "webpack-cli", ["--mode", "production"]), {
    cwd: root,
  });
  // Without webpack itself its command line ends with success.
  if (code !== 0 || !isComplete()) throw failure(`${output}\nThe build failed: webpack's words stand above.`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  // The hash from before the build: a file saved meanwhile is built by the next command.
  writeFileSync(stamp, hash);
}
