/**
 * Cleans pasted settings: text copied from mails, documents and spreadsheets contains invisible characters.
 * @module
 */

/** Zero-width characters, soft hyphens, direction marks, byte order marks, control characters. */
const invisible = /[\p{Cf}\p{Cc}]/gu;

const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["„", "“"],
  ["‘", "’"],
  ["«", "»"],
];

/** Removes invisible characters, surrounding white space, line breaks and a pair of quotation marks. Idempotent. */
export function cleanPastedValue(text: string): string {
  let value = text
    .replace(/[\r\n\t]+/g, " ")
    .replace(invisible, "")
    .trim();
  for (let inner = unquoted(value); inner !== value; inner = unquoted(value)) value = inner;
  return value;
}

function unquoted(value: string): string {
  const pair = quotes.find(([open, close]) => value.startsWith(open) && value.endsWith(close));
  return pair && value.length > 1 ? value.slice(1, -1).trim() : value;
}
