/**
 * What has to be said by the clock: a connection ends soon, or its secret does.
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

/** Days before its end that a secret is spoken of. */
const secretNotice = 14;

/**
 * @param secretExpires the day that the person has told, `2027-01-31`
 * @param now milliseconds since the epoch
 */
export function dueNotices(
  { label, expiresAt }: HeldConnection,
  secretExpires: string | undefined,
  now: number,
): DueNotice[] {
  const due: DueNotice[] = [];
  if (Date.parse(expiresAt) - now <= hour) {
    due.push({ kind: "ending", intent: "info", text: texts.notice.ending(label, readableTime(expiresAt)) });
  }
  const days = secretExpires === undefined ? NaN : daysUntil(secretExpires, now);
  if (days < 0) due.push({ kind: "secret", intent: "warning", text: texts.notice.secretExpired(label) });
  else if (days <= secretNotice) {
    due.push({ kind: "secret", intent: "info", text: texts.notice.secretExpires(label, days) });
  }
  return due;
}

/** From today to a day, both as the person's calendar has them; NaN for what is no day. */
function daysUntil(date: string, now: number): number {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  // Not every day has 24 hours.
  return Math.round((new Date(`${date}T00:00`).getTime() - today.getTime()) / day);
}
