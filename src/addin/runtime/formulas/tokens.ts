/**
 * Divides a formula into tokens, just as far as needed to find calls and their arguments. `Range.formulas` is English
 * with commas between arguments, whatever Excel's language.
 * @module
 */

export interface Token {
  readonly text: string;
  /** Index in the formula. */
  readonly start: number;
  /** The name of a function, a cell or a defined name, without its sheet or file; undefined for other tokens. */
  readonly name: string | undefined;
  /** The sheet or file before the name, without its apostrophes. */
  readonly before: string | undefined;
}

/**
 * A text, a name with its sheet or file, another name in apostrophes, a column in a table's brackets, a number, or any
 * other character. A text or bracket that is not closed goes on to the end.
 */
const pattern =
  /"(?:[^"]|"")*(?:"|$)|(?:(?<before>'(?:[^']|'')*'|(?:\[[^\]]*\])?[\p{L}\p{N}_.\\]*)!)?(?<name>[\p{L}_\\][\p{L}\p{N}_.\\?]*)|'(?:[^']|'')*(?:'|$)|\[(?:[^[\]']|'.|\[(?:[^[\]']|'.)*\])*(?:\]|$)|\d[\p{L}\p{N}_.]*|\S/gsu;

export function tokensOf(formula: string): Token[] {
  return Array.from(formula.matchAll(pattern), ({ 0: text, index: start, groups }) => ({
    text,
    start,
    name: groups?.["name"],
    before: withoutQuotes(groups?.["before"]),
  }));
}

function withoutQuotes(before: string | undefined): string | undefined {
  return before?.startsWith("'") ? before.slice(1, -1).replaceAll("''", "'") : before;
}
