/**
 * Reads the command line of the scripts; errors show the usage and exit with code 2.
 * @module
 */
import util from "node:util";
import { failure } from "./failure.mjs";

/**
 * @param {string[]} argv the arguments after the script's name
 * @param {Record<string, "string" | "boolean">} options name -> kind
 * @param {string} usage
 * @returns {Record<string, string | boolean | undefined>}
 * @throws a failure with exit code 2 for an unknown option, a missing value or an unexpected argument
 */
export function readArguments(argv, options, usage) {
  const types = Object.entries(options).map(([name, type]) => [name, { type }]);
  try {
    /** @type {{ values: any }} */
    const { values } = util.parseArgs({ args: argv, options: Object.fromEntries(types) });
    return values;
  } catch (error) {
    const [reason] = /** @type {Error} */ (error).message.split(". ");
    throw failure(`${reason}.\n\n${usage}`, 2);
  }
}
