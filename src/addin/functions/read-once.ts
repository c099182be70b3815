/**
 * Reads arguments once for all calls that have the same: the cells of a sheet differ in a few of them only.
 * @module
 */
import { burstTime } from "../runtime/requests/burst.ts";
import { areEqualValues, valuesKey } from "../runtime/requests/values-key.ts";

/** Different arguments that are remembered, as many as a large sheet has, and how long they may be. */
const maxRemembered = 10_000;
const maxChars = 500;

/** Where the clock may have a say, what was read holds for the burst. */
const relative = /today|now/i;

interface Read<Result> {
  readonly result: Result;
  /** Undefined where it holds at any time. */
  readonly at: number | undefined;
}

/**
 * @param read reads arguments; what it returns is given again for equal ones
 * @param stands whether that is still what reading would give now; always where left out
 */
export function readOnce<Arguments extends readonly unknown[], Result extends object>(
  read: (...given: Arguments) => Result,
  stands: (result: Result) => boolean = () => true,
): (...given: Arguments) => Result {
  const known = new Map<string, Read<Result>>();
  let last: { readonly given: Arguments; readonly read: Read<Result> } | undefined;

  const holds = (one: Read<Result>) => (one.at === undefined || one.at === burstTime()) && stands(one.result);

  return (...given) => {
    // Mostly one cell is as the one above it, and that is seen without making a key.
    if (last && areEqualValues(given, last.given) && holds(last.read)) return last.read.result;
    const key = valuesKey(given);
    const before = known.get(key);
    if (before && holds(before)) return before.result;
    const now: Read<Result> = { result: read(...given), at: relative.test(key) ? burstTime() : undefined };
    last = { given, read: now };
    if (key.length > maxChars) return now.result;
    if (known.size >= maxRemembered) known.clear();
    known.set(key, now);
    return now.result;
  };
}
