/**
 * Reads how long an upstream asks us to wait: `Retry-After` in its forms (RFC 9110, 10.2.3) and similar headers.
 * @module
 */

/** A longer time is reduced to this. Seconds. */
const maxSeconds = 86_400;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The headers, most reliable first: the standard's own, those of Azure and its Cosmos DB in milliseconds, and the
 * draft of RateLimit headers with its predecessors. A limit's `reset` counts only if there is no other header: it is
 * about the next window, not about this request.
 */
const headersWithTheirUnit: readonly (readonly [name: string, millisecondsPerUnit: number])[] = [
  ["retry-after", 1000],
  ["retry-after-ms", 1],
  ["x-ms-retry-after-ms", 1],
  ["ratelimit-reset", 1000],
  ["x-ratelimit-reset", 1000],
  ["x-rate-limit-reset", 1000],
];

/**
 * Reads an answer's headers.
 * @param now milliseconds since the epoch.
 * @returns whole seconds from now, never negative; undefined if no header can be read.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  for (const [name, unit] of headersWithTheirUnit) {
    const seconds = parseRetryAfter(headers[name], now, unit);
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

/** A number of at least this is a point in time in seconds since the epoch; as a wait it would be thirty years. */
const minEpochSeconds = 1_000_000_000;

/** RFC 9110's oldest date form, which has no zone but means GMT: `Sun Nov  6 08:49:37 1994`. */
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * Reads one header.
 * @param now milliseconds since the epoch, for the date forms.
 * @param millisecondsPerUnit the unit of the numeric form.
 * @returns whole seconds from now, never negative; undefined if absent or unreadable.
 */
export function parseRetryAfter(
  header: string | string[] | undefined,
  now: number,
  millisecondsPerUnit = 1000,
): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  const wait = milliseconds(text, now, millisecondsPerUnit);
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(Math.ceil(wait / 1000), 0), maxSeconds);
}

function milliseconds(text: string, now: number, unit: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return unit === 1000 && number >= minEpochSeconds ? number * 1000 - now : number * unit;
  }
  // Refuses other texts that Date.parse would accept, such as “1.5x” or “May”.
  if (!/\d\d:\d\d:\d\d/.test(text)) return NaN;
  return Date.parse(asctime.test(text) ? `${text} GMT` : text) - now;
}
