/**
 * The record of a series that was in force at a moment.
 * @module
 */
import { type ClockTime, instantOf } from "../clock-time.ts";
import { compareWritten, type Written } from "./newest.ts";

/** Milliseconds. No zone is further from UTC. */
const maxOffset = 14 * 3_600_000;

/**
 * Puts the records of one series in order, by true time if all of them give their zone, else by what the clocks show.
 * @returns a function that finds the latest record that is not after a moment. Of several at the same time it returns
 *   the one that was written last, then those that may have been written as late; none if all are after the moment.
 */
export function createTimeline<T extends ClockTime & Written>(
  events: readonly T[],
): (moment: ClockTime) => T[] {
  const areZoned = events.every(({ offset }) => offset !== undefined);
  const timeOf = ({ clock, offset = 0 }: ClockTime) => (areZoned ? instantOf(clock, offset) : clock);
  const inOrder = events.toSorted((a, b) => timeOf(a) - timeOf(b));
  const times = Float64Array.from(inOrder, timeOf);

  function lastAt(moment: ClockTime): number {
    if (!areZoned || moment.offset !== undefined) return lastUpTo(times, timeOf(moment));
    // A moment without a zone is compared with what the clocks show, which is not quite in this order.
    let last = lastUpTo(times, moment.clock + maxOffset);
    while (last >= 0 && (inOrder[last]?.clock ?? 0) > moment.clock) last -= 1;
    return last;
  }

  return (moment) => {
    const last = lastAt(moment);
    let first = last;
    while (first > 0 && times[first - 1] === times[last]) first -= 1;
    const same = inOrder.slice(Math.max(0, first), last + 1).reverse();
    const [latest, ...others] = same;
    if (!latest) return [];
    const newest = others.reduce((best, event) => (compareWritten(event, best) > 0 ? event : best), latest);
    return [newest, ...same.filter((event) => event !== newest && compareWritten(newest, event) <= 0)];
  };
}

/** The index of the last number that is at most `max`; -1 if there is none. @param numbers ascending */
function lastUpTo(numbers: Float64Array, max: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) <= max) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
