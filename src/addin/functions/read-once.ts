/**
 * Caches parsed arguments: the cells of a sheet have mostly the same arguments.
 * @module
 */
import { areEqualValues, valuesKey } from "../runtime/requests/values-key.ts";

/** Maximum number of cached arguments (a large sheet has this many different ones), and their maximum length. */
const maxRemembered = 10_000;
const maxChars = 500;

/** If the text may depend on the clock, the parsed result is valid for one batch window. */
const relative = /today|now/i;

interface Read<Result> {
  readonly result: Result;
  /** Undefined if it is valid at any time. */
  readonly at: number | undefined;
}

/**
 * @param time constant within a batch window
 * @param read parses arguments; equal arguments get the same result object
 * @param isValid whether parsing would still give that result; default: always
 */
export function readOnce<Arguments extends readonly unknown[], Result extends object>(
  time: () => number,
  read: (...given: Arguments) => Result,
  isValid: (result: Result) => boolean = () => true,
): (...given: Arguments) => Result {
  const known = new Map<string, Read<Result>>();
  let last: { readonly given: Arguments; readonly read: Read<Result> } | undefined;

  const holds = (known: Read<Result>) =>
    (known.at === undefined || known.at === time()) && isValid(known.result);

  return (...given) => {
    // Fast path without a key: a cell usually has the arguments of the cell above.
    if (last && areEqualValues(given, last.given) && holds(last.read)) return last.read.result;
    const key = valuesKey(given);
    const before = known.get(key);
    if (before && holds(before)) return before.result;
    const now: Read<Result> = { result: read(...given), at: relative.test(key) ? time() : undefined };
    last = { given, read: now };
    if (key.length > maxChars) return now.result;
    if (known.size >= maxRemembered) known.clear();
    known.set(key, now);
    return now.result;
  };
}
