/**
 * Which builds the tests of a run need.
 * @module
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** @import { Target } from "./build.mjs" */

/** @type {Target[]} */
const all = ["addin", "service", "local", "workbench"];

/** By the beginning of the path; the longest match applies. Tests without a match need all builds. */
const needs = /** @type {Record<string, Target[]>} */ ({
  "test/unit/": [],
  "test/gateway/": [],
  "test/contract/excel-host/": [],
  "test/contract/addin/": ["addin"],
  "test/contract/formula": ["addin"],
  "test/operations/": ["service"],
  "test/ship/": ["addin", "service"],
  "test/browser/workbench": ["addin", "workbench"],
  "test/browser/": ["addin"],
});

/**
 * @param {object} context
 * @param {string} context.root
 * @param {string[]} context.argv for vitest: parts of file names, `--project name`, `-t name`, …
 * @returns {Target[]} in build order; all targets if no test file matches one of the names
 */
export function buildsForTests({ root, argv }) {
  const { projects, names } = readFilters(argv);
  const folder = path.join(root, "test");
  const files = (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
    .map((file) => `test/${String(file).replaceAll(path.sep, "/")}`)
    .filter((file) => file.endsWith(".test.ts"));
  const chosen = files
    .filter(
      (file) => projects.length === 0 || projects.some((project) => file.startsWith(`test/${project}/`)),
    )
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  if (chosen.length === 0) return all;
  const needed = new Set(chosen.flatMap(needsOf));
  return all.filter((target) => needed.has(target));
}

/** @param {string} file */
function needsOf(file) {
  const beginnings = Object.keys(needs).filter((beginning) => file.startsWith(beginning));
  const longest = beginnings.sort((left, right) => right.length - left.length)[0];
  return (longest !== undefined && needs[longest]) || all;
}

/**
 * @param {string[]} argv
 * @returns the layers and the parts of file names that it names
 */
export function readFilters(argv) {
  /** @type {string[]} */
  const projects = [];
  /** @type {string[]} */
  const names = [];
  for (const [at, word] of argv.entries()) {
    const before = argv[at - 1];
    if (before === "--project") projects.push(word);
    else if (word.startsWith("--project=")) projects.push(word.slice("--project=".length));
    else if (!word.startsWith("-") && before !== "-t" && before !== "--testNamePattern") names.push(word);
  }
  return { projects, names };
}
