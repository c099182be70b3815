/**
 * A vitest reporter that passes the counts to `npm test`. It does not print them itself, because vitest may print after
 * its last reporter.
 * @module
 */
import { writeFileSync } from "node:fs";
import { countTests } from "./test-totals.mjs";

/** @import { Reporter, TestModule } from "vitest/node" */

/** @implements {Reporter} */
export default class TotalsReporter {
  /**
   * @param {readonly TestModule[]} testModules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(testModules, unhandledErrors) {
    const file = process.env["KAL_TEST_TOTALS"];
    if (file) writeFileSync(file, JSON.stringify(countTests(testModules, unhandledErrors)));
  }
}
