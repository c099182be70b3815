/** A number as text: the 15 digits that Excel shows, never with an exponent. */
export function numberText(number: number): string {
  const short = String(Number(number.toPrecision(15)));
  return /^-?[\d.]+$/.test(short)
    ? short
    : number.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 15 });
}
