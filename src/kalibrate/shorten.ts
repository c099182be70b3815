/**
 * Cuts text without splitting characters.
 * @module
 */

/** Created on first use: few texts are cut. */
let segmenter: Intl.Segmenter | undefined;

/** A character with more combining marks than this may be cut between them. UTF-16 units. */
const maxCharacterUnits = 64;

/**
 * The longest beginning of a text that ends between two visible characters (an emoji, a letter with its accents). A
 * character with very many marks is cut between code points.
 * @param maxUnits UTF-16 units, as Excel counts the characters of a cell
 */
export function cutText(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  segmenter ??= new Intl.Segmenter();
  // Two units after the cut show whether the character continues, so the rest of a long text need not be read.
  const character = segmenter.segment(text.slice(0, maxUnits + 2)).containing(maxUnits);
  const start = character?.index ?? 0;
  if (maxUnits - start <= maxCharacterUnits) return text.slice(0, start);
  const splitsPair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(maxUnits - 1, maxUnits + 1));
  return text.slice(0, splitsPair ? maxUnits - 1 : maxUnits);
}

/** Shortens a text for a message and marks the cut with “…”: pasted text may be a megabyte long. */
export function shorten(text: string, maxUnits = 60): string {
  return text.length > maxUnits ? `${cutText(text, maxUnits)}…` : text;
}
