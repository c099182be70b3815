/**
 * Notices that depend on the time: a connection or a secret ends soon.
 * @module
 */
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { texts } from "../texts/pane.ts";
import { readableTime } from "../common/times.ts";

export interface DueNotice {
  readonly intent: "info" | "warning";
  readonly text: string;
  readonly kind: "ending" | "secret";
}

const hour = 3_600_000;
const day = 24 * hour;

/** Days before a secret's end at which the notice appears. */
const secretNotice = 14;

/**
 * @param secretExpires the day that the person has entered, `2027-01-31`
 * @param now milliseconds since the epoch
 */
export function dueNotices(
  { label, expiresAt, analyst }: HeldConnection,
  secretExpires: string | undefined,
  now: number,
): DueNotice[] {
  const due: DueNotice[] = [];
  // A sign-in is renewed when something needs it.
  if (!analyst && Date.parse(expiresAt) - now <= hour) {
    due.push({ kind: "ending", intent: "info", text: texts.notice.ending(label, readableTime(expiresAt)) });
  }
  const days = secretExpires === undefined ? NaN : daysUntil(secretExpires, now);
  if (days < 0) due.push({ kind: "secret", intent: "warning", text: texts.notice.secretExpired(label) });
  else if (days <= secretNotice) {
    due.push({ kind: "secret", intent: "info", text: texts.notice.secretExpires(label, days) });
  }
  return due;
}

/** Days from today until a day in the person's calendar; NaN for an invalid day. */
function daysUntil(date: string, now: number): number {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  // A day may have 23 or 25 hours, so round.
  return Math.round((new Date(`${date}T00:00`).getTime() - today.getTime()) / day);
}
