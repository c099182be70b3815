/**
 * Days and times of the sample data. The sample retailer's clocks show UTC all year.
 * @module
 */

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The start of the day of an instant (milliseconds since 1970). */
export function startOfDay(time: number): number {
  return Math.floor(time / day) * day;
}

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(time: number): number {
  return new Date(time).getUTCDay() || 7;
}

/** `2026-11-20`. */
export function dateText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-11-20T06:00:00`: a site's clock time. Without a zone, because SQL datetimes have none. */
export function clockText(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

/** `2026-11-20T06:00:00+00:00`: the form of the one date-time that the vendor's tutorial shows. */
export function instantText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "+00:00");
}
