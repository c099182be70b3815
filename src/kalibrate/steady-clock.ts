/**
 * A clock for elapsed time. The wall clock may be set back, and the monotonic clock of macOS and Linux stands still
 * while the computer sleeps (`performance.now` follows it there); this one goes on through both.
 *
 * Ends that are stored (of sessions, tickets, secrets) stay with the wall clock: another process reads them.
 * @module
 */

/** Milliseconds. Only the difference of two readings means anything, and it is never negative. */
export type SteadyClock = () => number;

/**
 * The two clocks are read one after the other, one in whole milliseconds, so their distance trembles by this much
 * without anything having happened. Milliseconds.
 */
const tremor = 20;

/**
 * Makes a clock that advances with the monotonic one, and by what the wall clock gains on it: the time of a sleep, or
 * a clock that is set forward. What the wall clock loses does not count.
 * @param wall milliseconds since the epoch.
 * @param monotonic milliseconds since any moment: `performance.now`.
 */
export function createSteadyClock(wall: () => number, monotonic: () => number): SteadyClock {
  let distance = wall() - monotonic();
  // Begins at the wall clock's time, so that a reading in a debugger can be understood.
  let added = distance;
  return () => {
    const ticks = monotonic();
    const gained = wall() - ticks - distance;
    if (Math.abs(gained) > tremor) {
      distance += gained;
      if (gained > 0) added += gained;
    }
    return ticks + added;
  };
}
