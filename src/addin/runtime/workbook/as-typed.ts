/**
 * Escapes values that an add-in writes into a range.
 * @module
 */

/**
 * Excel reads a written text as if it were typed: “=…” would become a formula, and the code 0012 the number 12. A
 * leading apostrophe keeps it as text and is not shown.
 */
export function asTyped<Value>(value: Value): Value | string {
  return typeof value === "string" && value !== "" ? `'${value}` : value;
}
