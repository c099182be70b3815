/**
 * Several expressions in one text: `site.brand.name, day(effectiveTime)`.
 * @module
 */

/** @returns each expression as it is written: separated by commas, semicolons or line ends outside quotes. */
export function splitExpressions(text: string): string[] {
  // Of a quote typed first Excel keeps none; then the others are not in pairs and separate nothing.
  const hasPairs = text.split("'").length % 2 === 1;
  const pieces = text.match(hasPairs ? outsideQuotes : anywhere) ?? [];
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

const outsideQuotes = /(?:'[^']*'|[^,;\n'])+/g;
const anywhere = /[^,;\n]+/g;
