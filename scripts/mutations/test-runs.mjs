/**
 * Runs single test files in one process, so that vitest, fastify and msal-node are loaded only once.
 * @module
 */
import path from "node:path";
import { createVitest } from "vitest/node";

/**
 * @typedef {object} TestRun
 * @property {string[]} passed names of tests
 * @property {string[]} failed names of tests
 * @property {string[]} errors outside of tests
 */

/**
 * @param {string} folder the project's copy
 * @returns its test runs; call `close` at the end
 */
export async function startTestRuns(folder) {
  const silent = { onInit: () => undefined };
  const vitest = await createVitest("test", {
    root: folder,
    watch: false,
    update: "none",
    reporters: [silent],
  });

  /** @param {string} file changed file, to be read again */
  const reread = (file) => vitest.invalidateFile(path.join(folder, file));

  /**
   * @param {readonly string[]} files at least one
   * @returns {Promise<TestRun>}
   */
  async function run(files) {
    const places = files.map((file) => path.join(folder, file));
    const specifications = await vitest.globTestSpecifications(places);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    // vitest also returns the modules of earlier runs.
    const own = testModules.filter(({ moduleId }) => places.includes(path.normalize(moduleId)));
    const tests = own.flatMap((module) => [...module.children.allTests()]);
    const named = (/** @type {string} */ state) =>
      tests.filter((test) => test.result().state === state).map(({ fullName }) => fullName);
    const errors = [...unhandledErrors, ...own.flatMap((module) => module.errors())];
    return { passed: named("passed"), failed: named("failed"), errors: errors.map(textOf) };
  }

  return { run, reread, close: () => vitest.close() };
}

/** @param {unknown} error */
function textOf(error) {
  return String(/** @type {{ message?: unknown }} */ (error).message ?? error);
}
