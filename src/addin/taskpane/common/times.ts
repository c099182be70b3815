/**
 * Times as the person's own clock and language write them.
 * @module
 */

import { texts } from "../texts/pane.ts";

/** Today as the person's own calendar has it: `2027-01-31`. */
export function today(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * A moment as people need it: the time alone today, with its day otherwise.
 * @param iso ISO date-time; a Data API may also leave it out.
 * @param language a BCP 47 tag; the person's own where left out.
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
