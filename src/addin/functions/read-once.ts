/**
 * Reads arguments once for all calls that have the same: the cells of a sheet differ in a few of them only.
 * @module
 */
import { areEqualValues, valuesKey } from "../runtime/requests/values-key.ts";

/** Different arguments that are remembered, as many as a large sheet has, and how long they may be. */
const maxRemembered = 10_000;
const maxChars = 500;

/** Where the text may depend on the clock, what was read holds for the batch window. */
const relative = /today|now/i;

interface Read<Result> {
  readonly result: Result;
  /** Undefined where it holds at any time. */
  readonly at: number | undefined;
}

/**
 * @param time stands still within a batch window
 * @param read reads arguments; its result is returned again for equal ones
 * @param isValid whether reading would still give that result; always where left out
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
    // Mostly one cell is as the one above it, and that is seen without making a key.
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
