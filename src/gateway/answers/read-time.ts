import { type ClockTime, readClockTime } from "../../kalibrate/clock-time.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { shorten } from "../../kalibrate/shorten.ts";

/** @throws KalError KAL_REQUEST_INVALID with the name of the request's member. */
export function readTime(name: "now" | "moment", text: string): ClockTime {
  const time = readClockTime(text);
  if (time) return time;
  throw new KalError("KAL_REQUEST_INVALID", {
    message: `“${name}”: expected an ISO date or date-time such as 2026-11-20T08:00, found “${shorten(text)}”.`,
  });
}
