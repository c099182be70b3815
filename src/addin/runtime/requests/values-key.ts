/**
 * Converts values to a text that is equal only for equal values, as a cache key. Several times faster than JSON, which
 * matters when thousands of cells calculate at once.
 * @module
 */

/** @param value a cell, or rows of cells; undefined differs from an empty text. */
export function valuesKey(value: unknown): string {
  // The length prefix keeps ["a", "b"] and ["ab", ""] apart.
  if (typeof value === "string") return `${value.length}:${value}`;
  if (!Array.isArray(value)) return `${typeof value} ${String(value)};`;
  let key = `[${value.length} `;
  for (const item of value) key += valuesKey(item);
  return key;
}

/** Whether two values have the same key. */
export function areEqualValues(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (!areEqualValues(left[at], right[at])) return false;
  return true;
}
