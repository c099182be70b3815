/**
 * The service's clock beside this computer's: how old data are is known by the service's.
 * @module
 */

/** Milliseconds that the service's clock is ahead; 0 until it has answered. */
let ahead = 0;

/** @param date the `Date` header of an answer that has just come */
export function noteServiceTime(date: string | null): void {
  const time = Date.parse(date ?? "");
  // The header has whole seconds; on average half of one has gone.
  if (!Number.isNaN(time)) ahead = time + 500 - Date.now();
}

/** @param time by this computer's clock, milliseconds since the epoch */
export function serviceTime(time: number): number {
  return time + ahead;
}
