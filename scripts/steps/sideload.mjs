/**
 * Loads the add-in into desktop Excel and removes it again, with Microsoft's office-addin-debugging.
 * @module
 */
import { packageProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/**
 * @param {string} root
 * @param {string} manifest file
 */
export const loadCommand = (root, manifest) =>
  packageProgram(root, "office-addin-debugging", [
    "start",
    manifest,
    "desktop",
    "--app",
    "excel",
    "--no-debug",
  ]);

/**
 * @param {string} root
 * @param {string} manifest file; its id selects the add-in to remove
 */
export const unloadCommand = (root, manifest) =>
  packageProgram(root, "office-addin-debugging", ["stop", manifest, "desktop"]);

/**
 * @param {object} context
 * @param {string} context.root
 * @param {string} context.manifest file
 * @param {typeof runQuietly} [context.run]
 * @returns {Promise<{ loaded: boolean, output: string }>}
 */
export async function sideload({ root, manifest, run = runQuietly }) {
  // On macOS the manifest is linked into Excel's folder, and an existing link is not replaced.
  await run(unloadCommand(root, manifest), { cwd: root });
  const { code, output } = await run(loadCommand(root, manifest), { cwd: root });
  // The program exits with 0 even if it could not sideload.
  return { loaded: code === 0 && !/^Error:/m.test(output), output };
}
