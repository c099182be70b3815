/**
 * Normalises text for comparing keys: texts that look the same are equal.
 *
 * Unicode's form NFC unifies the two ways to encode é. The compatibility form NFKC would also equate m² with m2 and ①
 * with 1. Those look different and may be different records, so it is not used.
 * @module
 */

/**
 * Blanks of every kind, control characters and invisible characters: zero-width ones, soft hyphens, direction marks,
 * byte order marks, fillers (Unicode's Default_Ignorable_Code_Point) and the empty Braille pattern.
 */
const invisible = /[\s\p{Cc}\p{DI}\u2800]/u;

/** Removes invisible characters from both ends. */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && invisible.test(text.charAt(start))) start += 1;
  while (end > start && invisible.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The form in which two keys are compared. Empty if no character of the text is visible. */
export function comparableText(text: string): string {
  return plainText(text).toLowerCase();
}

/**
 * The text as people see it: in NFC, with plain blanks in place of those that word processors and web pages insert, and
 * without invisible characters at the ends.
 */
export function plainText(text: string): string {
  return trimInvisible(text.normalize().replace(otherBlanks, " "));
}

const otherBlanks = /\p{Zs}/gu;

/**
 * Whether an argument of a formula is left out or an empty cell, which Excel passes as null, "" or 0 depending on the
 * platform (office-js 4702, 1951), or a text without visible characters.
 */
export function isEmptyCell(value: unknown): boolean {
  return value === null || value === undefined || value === 0 || isBlankText(value);
}

/** A text without visible characters: to the analyst the cell is empty. */
export function isBlankText(value: unknown): boolean {
  return typeof value === "string" && trimInvisible(value) === "";
}
