/**
 * Failures for the person who started a script: a message instead of a stack trace.
 * @module
 */

/**
 * @param {string} message what is wrong and what to do next
 * @param {number} exitCode 1 if something failed, 2 if the command line was wrong
 */
export function failure(message, exitCode = 1) {
  return Object.assign(new Error(message), { exitCode });
}

/**
 * Runs a script's main function and sets the exit code.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const { exitCode, message, stack } = /** @type {Error & { exitCode?: number }} */ (error);
    // An error without our exit code is a bug in these scripts: print its stack.
    console.error(exitCode === undefined ? (stack ?? message) : message);
    process.exitCode = exitCode ?? 1;
  }
}
