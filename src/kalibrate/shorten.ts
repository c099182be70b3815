/**
 * Cutting text without leaving half a character behind.
 * @module
 */

/** Made when it is first needed: few texts are cut. */
let segmenter: Intl.Segmenter | undefined;

/** A character with more marks than this may be cut between them. UTF-16 units. */
const maxCharacterUnits = 64;

/**
 * The longest beginning of a text that ends between two characters as people see them (an emoji, a letter with its
 * accents). A character of very many marks is cut between its code points.
 * @param maxUnits UTF-16 units, as Excel counts the characters of a cell
 */
export function cutText(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  segmenter ??= new Intl.Segmenter();
  // Two units behind the cut say whether the character goes on; the rest of a long text need not be looked at.
  const character = segmenter.segment(text.slice(0, maxUnits + 2)).containing(maxUnits);
  const start = character?.index ?? 0;
  if (maxUnits - start <= maxCharacterUnits) return text.slice(0, start);
  const splitsPair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(maxUnits - 1, maxUnits + 1));
  return text.slice(0, splitsPair ? maxUnits - 1 : maxUnits);
}

/** A text as a message quotes it, cut with a mark: pasted text may be a megabyte, a message is not. */
export function shorten(text: string, maxUnits = 60): string {
  return text.length > maxUnits ? `${cutText(text, maxUnits)}…` : text;
}
