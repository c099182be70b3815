/**
 * Pictures of every state of the task pane, to be looked at: `node scripts/screenshots.mjs [part of a state's name]`.
 * The add-in must have been built (`npm run build`).
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { runnerImport } from "vite";

const root = path.join(import.meta.dirname, "..");
const folder = path.join(root, "dist/screenshots");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

// vite comes with vitest and runs the tests' TypeScript as it is.
const { module } = await runnerImport(path.join(root, "test/browser/take-screenshots.ts"), {
  root,
  configFile: false,
  define: { KAL_VERSION: JSON.stringify(version) },
});
const files = await module.takeScreenshots(folder, process.argv[2]);
console.log(`${files.length} pictures in ${path.relative(process.cwd(), folder)}`);
