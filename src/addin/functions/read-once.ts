/**
 * Reads arguments once for all calls that have the same: the cells of a sheet differ in a few of them only.
 * @module
 */
import { LRUCache } from "lru-cache";
import { areEqualValues, valuesKey } from "../runtime/requests/values-key.ts";

/** Different arguments that are remembered, and how long they may be. */
const mostRead = 500;
const longest = 5000;

/** Where the clock may have a say, arguments are read anew. */
const relative = /today|now/i;

/**
 * @param read reads arguments; what it returns is given again for equal ones
 * @param stands whether that is still what reading would give now
 */
export function readOnce<Arguments extends readonly unknown[], Result extends object>(
  read: (...given: Arguments) => Result,
  stands: (result: Result) => boolean,
): (...given: Arguments) => Result {
  const known = new LRUCache<string, Result>({ max: mostRead });
  let last: { readonly given: Arguments; readonly result: Result } | undefined;
  return (...given) => {
    // Mostly one cell is as the one above it, and that is seen without making a key.
    if (last && areEqualValues(given, last.given) && stands(last.result)) return last.result;
    const key = valuesKey(given);
    const before = known.get(key);
    const result = before && stands(before) ? before : read(...given);
    if (key.length > longest || relative.test(key)) return result;
    known.set(key, result);
    last = { given, result };
    return result;
  };
}
