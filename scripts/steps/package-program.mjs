/**
 * Programs of installed packages, run with the current Node. This needs no shell and no `.cmd` files on Windows, which
 * Node refuses to start without a shell.
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @param {string} root the project's folder
 * @param {string} packageName
 * @param {string[]} programArguments
 * @param {string} [programName] if the package has several programs, or one with another name
 * @returns {import("./run.mjs").Command}
 */
export function packageProgram(root, packageName, programArguments, programName = packageName) {
  const folder = path.join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[programName];
  return { program: process.execPath, arguments: [path.join(folder, file), ...programArguments] };
}

/**
 * npm itself: the one that started this script, else the one of the current Node, else the one on the path.
 * @param {string[]} npmArguments
 * @param {{ npmPath?: string | undefined, nodePath?: string, exists?: (file: string) => boolean }} [where]
 * @returns {import("./run.mjs").Command}
 */
export function npmProgram(npmArguments, where = {}) {
  const { npmPath = process.env["npm_execpath"], nodePath = process.execPath, exists = existsSync } = where;
  const beside = path.dirname(nodePath);
  const script = [
    // Other package managers set the same variable.
    ...(npmPath && path.basename(npmPath) === "npm-cli.js" ? [npmPath] : []),
    path.join(beside, "node_modules/npm/bin/npm-cli.js"),
    path.join(beside, "../lib/node_modules/npm/bin/npm-cli.js"),
  ].find(exists);
  return script
    ? { program: nodePath, arguments: [script, ...npmArguments] }
    : { program: "npm", arguments: npmArguments };
}
