/**
 * How a script ends when it cannot go on: with words for the person who started it, not with a stack.
 * @module
 */

/**
 * @param {string} message what is wrong and what to do next
 * @param {number} exitCode 1 when something failed, 2 when the command line was wrong
 */
export function failure(message, exitCode = 1) {
  return Object.assign(new Error(message), { exitCode });
}

/**
 * Runs a script's main function and turns its outcome into an exit code.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const { exitCode, message, stack } = /** @type {Error & { exitCode?: number }} */ (error);
    // Without an exit code of ours it is a mistake in these scripts: then the stack is what helps.
    console.error(exitCode === undefined ? (stack ?? message) : message);
    process.exitCode = exitCode ?? 1;
  }
}
