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

/**
 * @param {object} machine
 * @param {NodeJS.Platform} machine.platform
 * @param {string} [machine.home]
 * @param {(file: string) => boolean} [machine.exists]
 * @param {typeof runQuietly} [machine.run]
 * @returns {Promise<boolean>} whether desktop Excel is installed
 */
export async function findExcel({ platform, home = os.homedir(), exists = existsSync, run = runQuietly }) {
  if (platform === "darwin") {
    return ["/Applications", `${home}/Applications`].some((folder) =>
      exists(`${folder}/Microsoft Excel.app`),
    );
  }
  if (platform !== "win32") return false;
  return (await run({ program: "reg", arguments: ["query", excelOnWindows, "/ve"] })).code === 0;
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
