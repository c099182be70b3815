/**
 * Text as keys are compared: what a person cannot tell apart is the same.
 *
 * Unicode’s form NFC makes one of the two ways to write é. The compatibility forms (NFKC) go further and make m² the
 * same as m2 and ① the same as 1: those look different, may be different records, and are not made equal here.
 * @module
 */

/**
 * Blanks of every kind, control characters, and those that show nothing: zero-width ones, soft hyphens, direction
 * marks, byte order marks, fillers (Unicode’s Default_Ignorable_Code_Point) and the empty Braille pattern.
 */
const invisible = /[\s\p{Cc}\p{DI}\u2800]/u;

/** The text without what cannot be seen at its ends. */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && invisible.test(text.charAt(start))) start += 1;
  while (end > start && invisible.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** What texts have in common that count as the same key. Empty for a text of which nothing can be seen. */
export function comparableText(text: string): string {
  return plainText(text).toLowerCase();
}

/**
 * The text as people see it: in NFC, with plain blanks in place of those that word processors and web pages put in, and
 * without what cannot be seen at its ends.
 */
export function plainText(text: string): string {
  return trimInvisible(text.normalize().replace(otherBlanks, " "));
}

const otherBlanks = /\p{Zs}/gu;
