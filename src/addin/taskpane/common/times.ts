/**
 * Formats times by the person's own clock and language.
 * @module
 */

import { texts } from "../texts/pane.ts";

/** Today's date in the person's time zone: `2027-01-31`. */
export function today(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * A readable time: without the date if it is today.
 * @param iso ISO date-time; a Data API may omit it.
 * @param language a BCP 47 tag; default: the person's own.
 */
export function readableTime(iso: string, now = new Date(), language?: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return texts.unknownTime;
  const isToday = moment.toDateString() === now.toDateString();
  return moment.toLocaleString(language, {
    ...(!isToday && { weekday: "short", day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
  });
}
