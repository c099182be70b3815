/**
 * Formats the analyst's time for the gateway.
 * @module
 */

/**
 * `2026-11-20T08:05:59+01:00`: this computer's local time with its offset from UTC. The gateway compares data that has
 * a time zone with the moment, and data without one with the local time.
 */
export function nowText(now: Date): string {
  const ahead = -now.getTimezoneOffset();
  const shown = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  const offset = new Date(Math.abs(ahead) * 60_000).toISOString().slice(11, 16);
  return `${shown}${ahead < 0 ? "-" : "+"}${offset}`;
}
