/**
 * What somebody typed, as a message quotes it: pasted text may be a megabyte, a message is not.
 * @module
 */
export function shorten(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
