/**
 * Values as one text, equal for equal values only: what calls are recognised by. Several times faster than JSON, which
 * counts where thousands of cells calculate at once.
 * @module
 */

/** @param value a cell, or rows of cells; what is left out is not the same as an empty text. */
export function valuesKey(value: unknown): string {
  // Lengths in front keep "a" and "b" from being what "ab" and "" are.
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
