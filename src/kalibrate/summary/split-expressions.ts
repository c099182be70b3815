/**
 * Splits a text into expressions: `site.brand.name, day(effectiveTime)`.
 * @module
 */

export interface Piece {
  readonly text: string;
  /** Index of its first character in the whole text. */
  readonly start: number;
}

/** @returns each expression as it is written: separated by commas, semicolons or line ends outside quotes. */
export function splitExpressions(text: string): Piece[] {
  // Excel drops a quote at the start of typed text. Then the other quotes are not in pairs, and quoting is ignored.
  const hasPairs = text.split("'").length % 2 === 1;
  return [...text.matchAll(hasPairs ? outsideQuotes : anywhere)].flatMap(({ 0: piece, index }) => {
    const written = piece.trim();
    return written === "" ? [] : [{ text: written, start: index + piece.indexOf(written) }];
  });
}

const outsideQuotes = /(?:'[^']*'|[^,;\n'])+/g;
const anywhere = /[^,;\n]+/g;
