/**
 * The service's clock: how old data are is known by it, not by this computer's.
 * @module
 */
import { steadyTime } from "../steady-time.ts";

/** Milliseconds that the service's clock is ahead of the steady one, which begins at this computer's time. */
let ahead = 0;

/** @param date the `Date` header of an answer that has just come */
export function noteServiceTime(date: string | null): void {
  const time = Date.parse(date ?? "");
  // The header has whole seconds; on average half of one has gone.
  if (!Number.isNaN(time)) ahead = time + 500 - steadyTime();
}

/**
 * The service's time at a moment.
 * @param moment milliseconds by the steady clock
 * @returns milliseconds since the epoch; by this computer's clock until the service has answered
 */
export function serviceTime(moment: number): number {
  return moment + ahead;
}
