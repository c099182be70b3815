/**
 * Writes out numbers that have an exponent, digit by digit: a double keeps only 15 digits for certain.
 * @module
 */
const form = /^([+-]?)(\d*)\.?(\d*)e([+-]?\d{1,3})$/i;

/** The number without its exponent: `90071992547409930` for `9007199254740993e1`; undefined if it has another form. */
export function withoutExponent(written: string): string | undefined {
  const [, sign = "", before, behind = "", exponent] = form.exec(written) ?? [];
  if (before === undefined) return undefined;
  const digits = before + behind;
  const point = before.length + Number(exponent);
  const whole = digits.slice(0, Math.max(point, 0)).padEnd(point, "0").replace(/^0+/, "");
  const decimals = "0".repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0));
  const kept = decimals.replace(/0+$/, "");
  return `${sign}${whole || "0"}${kept === "" ? "" : `.${kept}`}`;
}
