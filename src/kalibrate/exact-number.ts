/**
 * Numbers to be compared, with all of their digits.
 * @module
 */
const form = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** What is longer is no number that anybody compares; making one of it would take long. Characters. */
const maxChars = 400;

/** Digits that a double keeps for certain. */
const doubleDigits = 15;

/**
 * The number that a text of plain digits stands for: a whole one of more than 15 digits as a bigint, which `<`, `>` and
 * `==` compare with any other number. Undefined for what is no number.
 */
export function exactNumber(value: unknown): number | bigint | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > maxChars || !form.test(value)) return undefined;
  return value.length <= doubleDigits || value.includes(".") ? Number(value) : BigInt(value);
}
