/**
 * The analyst's clock as the gateway gets it.
 * @module
 */

/**
 * `2026-11-20T08:05:59+01:00`: what the clock of this computer shows, and how far it is from UTC. Data
 * with a zone is compared with the moment, data without one with what the clock shows.
 */
export function nowText(now: Date): string {
  const ahead = -now.getTimezoneOffset();
  const shown = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  const offset = new Date(Math.abs(ahead) * 60_000).toISOString().slice(11, 16);
  return `${shown}${ahead < 0 ? "-" : "+"}${offset}`;
}
