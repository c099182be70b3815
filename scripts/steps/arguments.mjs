/**
 * The command line of the scripts: options as a table, mistakes answered with the usage and exit code 2.
 * @module
 */
import util from "node:util";
import { failure } from "./failure.mjs";

/**
 * @param {string[]} argv what follows the script's name
 * @param {Record<string, "string" | "boolean">} options name -> kind
 * @param {string} usage
 * @returns {Record<string, string | boolean | undefined>}
 * @throws a failure with exit code 2 for an unknown option, a missing value or a stray word
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
