/**
 * What differs between Windows, macOS and the others. The machine is asked through what is handed in, so that
 * the tests can be any of them.
 * @module
 */
import { existsSync } from "node:fs";
import os from "node:os";
import { runQuietly } from "./run.mjs";

/** Where the Windows installer of every program, Office included, says where its executable is. */
const excelOnWindows = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe";

/** Where Office, installed by Click-to-Run as all of today's are, says what it is. */
const officeOnWindows = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration";

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {string} [home]
 * @property {(file: string) => boolean} [exists]
 * @property {typeof runQuietly} [run]
 */

/**
 * @param {Machine} machine
 * @returns {Promise<boolean>} whether desktop Excel is installed
 */
export async function findExcel(machine) {
  const { platform, run = runQuietly } = machine;
  if (platform === "darwin") return findExcelOnMac(machine) !== undefined;
  if (platform !== "win32") return false;
  return (await run({ program: "reg", arguments: ["query", excelOnWindows, "/ve"] })).code === 0;
}

/** @param {Machine} machine @returns {string | undefined} the application's folder */
function findExcelOnMac({ home = os.homedir(), exists = existsSync }) {
  return ["/Applications", `${home}/Applications`]
    .map((folder) => `${folder}/Microsoft Excel.app`)
    .find((application) => exists(application));
}

/**
 * @param {Machine} machine
 * @returns {Promise<string>} whether desktop Excel is installed, and in which version as far as that can be read
 */
export async function describeExcel(machine) {
  if (!(await findExcel(machine))) return "not found";
  const { run = runQuietly } = machine;
  const application = machine.platform === "darwin" ? findExcelOnMac(machine) : undefined;
  const version = await (application ? versionOnMac(application, run) : versionOnWindows(run));
  return version || "found, version unknown";
}

/** @param {string} application @param {typeof runQuietly} run @returns {Promise<string>} "" where it cannot be read */
async function versionOnMac(application, run) {
  const command = {
    program: "defaults",
    arguments: ["read", `${application}/Contents/Info`, "CFBundleVersion"],
  };
  const { code, output } = await run(command);
  return code === 0 ? output.trim() : "";
}

/**
 * Two values only: beside them the registry keeps the address of the person whom Office belongs to.
 * @param {typeof runQuietly} run
 * @returns {Promise<string>} version and products, such as `16.0.17928.20114 O365ProPlusRetail`
 */
async function versionOnWindows(run) {
  const values = [];
  for (const name of ["VersionToReport", "ProductReleaseIds"]) {
    // Office writes to the 64-bit part of the registry, whatever Node is.
    const command = { program: "reg", arguments: ["query", officeOnWindows, "/v", name, "/reg:64"] };
    const { output } = await run(command);
    values.push(new RegExp(`^\\s*${name}\\s+REG_SZ\\s+(\\S+)`, "m").exec(output)?.[1] ?? "");
  }
  return values.join(" ").trim();
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean} whether a browser window could appear
 */
export function hasDisplay(platform, environment) {
  if (platform === "win32" || platform === "darwin") return true;
  return Boolean(environment["DISPLAY"] || environment["WAYLAND_DISPLAY"]);
}

/**
 * @param {NodeJS.Platform} platform
 * @param {string} url
 * @returns {import("./run.mjs").Command} opens the URL in the default browser
 */
export function browserCommand(platform, url) {
  // `start` is a word of cmd.exe, which would read an & in the URL as its own.
  if (platform === "win32") return { program: "rundll32", arguments: ["url.dll,FileProtocolHandler", url] };
  return { program: platform === "darwin" ? "open" : "xdg-open", arguments: [url] };
}
