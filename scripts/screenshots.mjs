/**
 * Takes screenshots of every state of the task pane, and of the workbench: `node scripts/screenshots.mjs [part of a
 * name]`. Both must be built first (`npm test` does that).
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runnerImport } from "vite";

const root = path.join(import.meta.dirname, "..");
const folder = path.join(root, "dist/screenshots");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

// vite comes with vitest and can run the tests' TypeScript.
const load = async (/** @type {string} */ file) =>
  (
    await runnerImport(path.join(root, "test/browser", file), {
      root,
      configFile: false,
      define: { KAL_VERSION: JSON.stringify(version) },
    })
  ).module;
const only = process.argv[2] ?? "";
const { takeScreenshots } = await load("take-screenshots.ts");
const { takeWorkbenchScreenshots } = await load("take-workbench-screenshots.ts");
const files = [
  ...(await takeScreenshots(folder, only)),
  ...("workbench".includes(only) ? await takeWorkbenchScreenshots(folder) : []),
];
console.log(`${files.length} screenshots in ${path.relative(process.cwd(), folder)}`);
