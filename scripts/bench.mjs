/**
 * `npm run bench [-- name …]`: runs the named benchmarks of `bench/`, or all, one after the other. The header of each
 * file says what it measures. Nothing is asserted.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../bench");
const all = readdirSync(folder)
  .filter((file) => file.endsWith(".mjs"))
  .map((file) => path.basename(file, ".mjs"));
const named = process.argv.slice(2);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown benchmark: ${unknown.join(", ")}. Available: ${all.join(", ")}.`);
  process.exit(2);
}
for (const name of named.length > 0 ? named : all) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, [path.join(folder, `${name}.mjs`)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
