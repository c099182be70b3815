/**
 * Reads and writes constants in a formula: texts, numbers, TRUE and FALSE.
 * @module
 */

export type Literal = string | number | boolean;

/** Excel's limit for a text constant; longer texts are joined with `&`. */
const maxTextChars = 255;

const textsJoined = /^"(?:[^"]|"")*"(?:\s*&\s*"(?:[^"]|"")*")*$/;
const oneText = /"((?:[^"]|"")*)"/g;
const numberForm = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?$/i;

/**
 * The value of a constant argument; texts joined with `&` become one text.
 * @returns undefined for an empty argument and for anything that Excel has to calculate.
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

/**
 * The values of an array constant, row by row: `{"a","b";1,2}`.
 * @returns undefined for anything else
 */
export function readArray(argument: string): Literal[] | undefined {
  const [, inside] = /^\{(.*)\}$/s.exec(argument.trim()) ?? [];
  const values = inside?.match(/(?:"(?:[^"]|"")*"|[^,;"])+/g)?.map(readLiteral);
  return values?.every((value) => value !== undefined) ? values : undefined;
}

/** Several texts as an array constant. */
export const writeArray = (values: readonly string[]): string => `{${values.map(writeText).join(",")}}`;

/** A text as a formula contains it; long texts are split and joined with `&`. */
export function writeText(value: string): string {
  const pieces: string[] = [];
  let piece = "";
  // Iterates over whole characters: splitting a surrogate pair would change the text.
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
