/**
 * Numbers whose digits Excel has changed: it keeps 15 of them and puts zeros in place of the others, which may make
 * another record's code of what was typed.
 * @module
 */
const minInexact = 1e15;

/** What to say about a number that may be another one than was typed; undefined for any other value. */
export function inexactNumber(value: unknown): { message: string; hint: string } | undefined {
  if (typeof value !== "number" || Math.abs(value) < minInexact) return undefined;
  return {
    message: `Excel keeps only 15 digits of a number, so ${value} may be another code than the one that was typed.`,
    hint: "Format the cell as text, then type the code again.",
  };
}

/** As Excel joins such a number to a text: 9.00719925474099E+16, with a decimal comma where its user has one. */
export function isInexactText(text: string): boolean {
  if (!/^[+−-]?\d(?:[.,]\d+)?E\+\d{2,3}$/i.test(text)) return false;
  return Math.abs(Number(text.replace("−", "-").replace(",", "."))) >= minInexact;
}
