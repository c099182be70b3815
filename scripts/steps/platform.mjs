/**
 * Differences between Windows, macOS and other systems. All access to the machine is a parameter, so that tests can
 * simulate any system.
 * @module
 */
import { existsSync } from "node:fs";
import os from "node:os";
import { runQuietly } from "./run.mjs";

/** Windows installers, Office's included, register the path of their executable here. */
const excelOnWindows = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe";

/** Office's version. Office is installed by Click-to-Run today, which registers it here. */
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
 * @returns {Promise<string>} whether desktop Excel is installed, with its version if that can be read
 */
export async function describeExcel(machine) {
  if (!(await findExcel(machine))) return "not found";
  const { run = runQuietly } = machine;
  const application = machine.platform === "darwin" ? findExcelOnMac(machine) : undefined;
  const version = await (application ? versionOnMac(application, run) : versionOnWindows(run));
  return version || "found, version unknown";
}

/** @param {string} application @param {typeof runQuietly} run @returns {Promise<string>} "" if it cannot be read */
async function versionOnMac(application, run) {
  const command = {
    program: "defaults",
    arguments: ["read", `${application}/Contents/Info`, "CFBundleVersion"],
  };
  const { code, output } = await run(command);
  return code === 0 ? output.trim() : "";
}

/**
 * Reads two values only: the same key holds the e-mail address of Office's owner.
 * @param {typeof runQuietly} run
 * @returns {Promise<string>} version and products, such as `16.0.17928.20114 O365ProPlusRetail`
 */
async function versionOnWindows(run) {
  const values = [];
  for (const name of ["VersionToReport", "ProductReleaseIds"]) {
    // Office writes to the 64-bit part of the registry, even if Node is a 32-bit program.
    const command = { program: "reg", arguments: ["query", officeOnWindows, "/v", name, "/reg:64"] };
    const { output } = await run(command);
    values.push(new RegExp(`^\\s*${name}\\s+REG_SZ\\s+(\\S+)`, "m").exec(output)?.[1] ?? "");
  }
  return values.join(" ").trim();
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean} whether a browser window can be opened
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
  // `start` is a command of cmd.exe, which would interpret an & in the URL.
  if (platform === "win32") return { program: "rundll32", arguments: ["url.dll,FileProtocolHandler", url] };
  return { program: platform === "darwin" ? "open" : "xdg-open", arguments: [url] };
}
