/**
 * What an add-in writes into a range counts as typed.
 * @module
 */

/**
 * Excel reads written text as if typed: “=…” would become a formula and the code 0012 the number 12. The mark in
 * front keeps text as it is and is not shown.
 */
export function asTyped<Value>(value: Value): Value | string {
  return typeof value === "string" && value !== "" ? `'${value}` : value;
}
