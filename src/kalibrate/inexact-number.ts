/**
 * Detects numbers whose digits Excel may have changed: it keeps 15 digits and replaces the others by zeros, so a typed
 * code may become another record's code.
 * @module
 */
const minInexact = 1e15;

/** The message and hint for a number that may differ from the typed one; undefined for any other value. */
export function inexactNumber(value: unknown): { message: string; hint: string } | undefined {
  if (typeof value !== "number" || Math.abs(value) < minInexact) return undefined;
  return {
    message: `Excel keeps only 15 digits of a number, so ${value} may not be the code that was typed.`,
    hint: "Format the cell as text, then type the code again.",
  };
}

/**
 * Recognises such a number in the form in which Excel joins it to a text: 9.00719925474099E+16, with a decimal comma in
 * some countries.
 */
export function isInexactText(text: string): boolean {
  if (!/^[+−-]?\d(?:[.,]\d+)?E\+\d{2,3}$/i.test(text)) return false;
  return Math.abs(Number(text.replace("−", "-").replace(",", "."))) >= minInexact;
}
