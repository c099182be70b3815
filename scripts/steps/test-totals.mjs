/**
 * Counts the results of a vitest run and formats them.
 * @module
 */

/**
 * @typedef {object} TestTotals
 * @property {number} passed
 * @property {number} failed tests, and suites and files that failed outside their tests
 * @property {number} skipped
 * @property {{ suite: string, reason: string, tests: number }[]} skips one entry for each suite and reason
 */

/**
 * @param {readonly import("vitest/node").TestModule[]} testModules
 * @param {readonly unknown[]} unhandledErrors
 * @returns {TestTotals}
 */
export function countTests(testModules, unhandledErrors) {
  const tests = testModules.flatMap((testModule) => [...testModule.children.allTests()]);
  const suites = testModules.flatMap((testModule) => [testModule, ...testModule.children.allSuites()]);
  const skipped = tests.filter((test) => !["passed", "failed"].includes(test.result().state));
  /** @type {Map<string, TestTotals["skips"][number]>} */
  const skips = new Map();
  for (const test of skipped) {
    const [suite, reason] = [suiteOf(test), reasonOf(test)];
    const skip = skips.get(`${suite}\n${reason}`) ?? { suite, reason, tests: 0 };
    skips.set(`${suite}\n${reason}`, { ...skip, tests: skip.tests + 1 });
  }
  return {
    passed: tests.filter((test) => test.result().state === "passed").length,
    failed:
      tests.filter((test) => test.result().state === "failed").length +
      suites.filter((suite) => suite.errors().length > 0).length +
      unhandledErrors.length,
    skipped: skipped.length,
    skips: [...skips.values()],
  };
}

/** @param {import("vitest/node").TestCase} test */
function suiteOf(test) {
  let outermost = /** @type {import("vitest/node").TestSuite | undefined} */ (undefined);
  for (let parent = test.parent; parent.type === "suite"; parent = parent.parent) outermost = parent;
  return outermost ? `${test.module.relativeModuleId} > ${outermost.name}` : test.module.relativeModuleId;
}

/**
 * @param {import("vitest/node").TestCase} test @returns {string} the reason that the test gave to
 * `context.skip(reason)`
 */
function reasonOf(test) {
  const result = test.result();
  return (
    (result.state === "skipped" && result.note) ||
    (test.options.mode === "todo" ? "still to do" : "no reason given")
  );
}

/**
 * @param {TestTotals} totals
 * @returns {string[]} lines: what was skipped and why, then the counts in the last line
 */
export function describeTotals({ passed, failed, skipped, skips }) {
  return [
    ...skips.map(({ suite, reason, tests }) => `skipped ${tests} in ${suite}: ${reason}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}
