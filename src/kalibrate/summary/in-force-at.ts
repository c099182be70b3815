/**
 * The record of a series that was in force at a moment.
 * @module
 */
import { type ClockTime, instantOf } from "../clock-time.ts";
import { compareWritten, type Written } from "./newest.ts";

type Timed = ClockTime & Written;

/** Sorts by true time if all of them give their zone, else by what the clocks show. */
export function inTimeOrder<T extends Timed>(events: readonly T[]): T[] {
  const areZoned = events.every(({ offset }) => offset !== undefined);
  const timeOf = ({ clock, offset = 0 }: Timed) => (areZoned ? instantOf(clock, offset) : clock);
  return events.toSorted((a, b) => timeOf(a) - timeOf(b));
}

/**
 * @param events of one series, in order of time
 * @returns the latest that is not after the moment. Of several at the same time the one that was written last, and all
 *   of which that cannot be said; none if all are after the moment.
 */
export function inForceAt<T extends Timed>(events: readonly T[], moment: ClockTime): T[] {
  const last = events.findLast((event) => !isAfter(event, moment));
  if (!last) return [];
  const same = events.filter((event) => event.clock === last.clock && event.offset === last.offset);
  let newest = last;
  for (const event of same) if (compareWritten(event, newest) > 0) newest = event;
  return [newest, ...same.filter((event) => event !== newest && compareWritten(newest, event) <= 0)];
}

function isAfter(event: ClockTime, moment: ClockTime): boolean {
  if (event.offset === undefined || moment.offset === undefined) return event.clock > moment.clock;
  return instantOf(event.clock, event.offset) > instantOf(moment.clock, moment.offset);
}
