/**
 * Values as they stand in a formula: texts, numbers, TRUE and FALSE.
 * @module
 */

export type Literal = string | number | boolean;

/** Excel refuses longer texts in quotation marks; several can be joined by `&`. */
const maxTextChars = 255;

const textsJoined = /^"(?:[^"]|"")*"(?:\s*&\s*"(?:[^"]|"")*")*$/;
const oneText = /"((?:[^"]|"")*)"/g;
const numberForm = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?$/i;

/**
 * The value of an argument that is one; texts joined by `&` are one text.
 * @returns undefined for whatever Excel has to calculate, and for nothing.
 */
export function readLiteral(argument: string): Literal | undefined {
  const written = argument.trim();
  if (textsJoined.test(written)) {
    return [...written.matchAll(oneText)].map(([, inside = ""]) => inside.replaceAll('""', '"')).join("");
  }
  if (/^true$/i.test(written)) return true;
  if (/^false$/i.test(written)) return false;
  return numberForm.test(written) && Number.isFinite(Number(written)) ? Number(written) : undefined;
}

/** A text as a formula has it; a long one in pieces. */
export function writeText(value: string): string {
  const pieces: string[] = [];
  let piece = "";
  // By whole characters: half of one would be another text.
  for (const character of value) {
    const written = character === '"' ? '""' : character;
    if (piece.length + written.length > maxTextChars) {
      pieces.push(piece);
      piece = "";
    }
    piece += written;
  }
  return [...pieces, piece].map((piece) => `"${piece}"`).join("&");
}
