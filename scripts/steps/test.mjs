/**
 * Runs vitest and ends with one line of counts.
 * @module
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { packageProgram } from "./package-program.mjs";
import { runVisibly } from "./run.mjs";
import { describeTotals } from "./test-totals.mjs";

const reporter = fileURLToPath(new URL("totals-reporter.mjs", import.meta.url));

/** Printed if there is nothing to count: the run itself is one failure. */
export const brokenRun = { passed: 0, failed: 1, skipped: 0, skips: [] };

/**
 * @param {object} context
 * @param {string} context.root
 * @param {string[]} context.argv for vitest: files, `-t name`, …
 * @param {NodeJS.ProcessEnv} [context.environment]
 * @param {(line: string) => void} context.print
 * @param {readonly string[]} [context.notes] printed above the counts
 * @param {typeof runVisibly} [context.run]
 * @returns {Promise<number>} exit code: 1 if a test failed or, if CI is set, was skipped
 */
export async function test({ root, argv, environment = process.env, print, notes = [], run = runVisibly }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kal-test-"));
  const file = path.join(folder, "totals.json");
  try {
    const command = packageProgram(root, "vitest", [
      "run",
      "--reporter=default",
      `--reporter=${reporter}`,
      ...argv,
    ]);
    const code = await run(command, { cwd: root, env: { ...environment, KAL_TEST_TOTALS: file } });
    const totals = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : brokenRun;
    const strict = Boolean(environment["CI"]) && environment["CI"] !== "false";
    if (strict && totals.skipped > 0) print("CI is set: a skipped test fails the run.");
    for (const line of [...notes, ...describeTotals(totals)]) print(line);
    return code !== 0 || totals.failed > 0 || (strict && totals.skipped > 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
