/**
 * Numbers for comparison, with all of their digits.
 * @module
 */
const form = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** Longer texts are not compared as numbers: converting them would be slow. Characters. */
const maxChars = 400;

/** Digits that a double always preserves. */
const doubleDigits = 15;

/**
 * The number that a text of plain digits represents. More than 15 digits without a point become a bigint, which `<`,
 * `>` and `==` compare with any other number. Undefined if the value is not a number.
 */
export function exactNumber(value: unknown): number | bigint | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > maxChars || !form.test(value)) return undefined;
  return value.length <= doubleDigits || value.includes(".") ? Number(value) : BigInt(value);
}
