/**
 * The `Retry-After` header, in both of its forms (RFC 9110, 10.2.3).
 * @module
 */

/** Nobody is sent away for longer than this many seconds, whatever the header says. */
const longest = 86_400;

/**
 * Reads the header.
 * @param now milliseconds since the epoch, for the form that names a date.
 * @returns whole seconds from now, never negative; undefined when absent or unreadable.
 */
export function parseRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), longest);
}
