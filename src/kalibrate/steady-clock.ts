/**
 * A clock for elapsed time. The wall clock may be set back, and on macOS and Linux the monotonic clock
 * (`performance.now`) stops while the computer sleeps. This clock continues through both.
 *
 * Stored expiry times (of sessions, tickets, secrets) use the wall clock, because other processes read them.
 * @module
 */

/** Milliseconds. Only differences between readings are meaningful; they are never negative. */
export type SteadyClock = () => number;

/**
 * The two clocks are read one after the other, and one in whole milliseconds, so their difference varies by up to this
 * much. Milliseconds.
 */
const tremor = 20;

/**
 * Makes a clock that advances with the monotonic one, plus what the wall clock gains on it: the time of a sleep, or a
 * clock set forward. A wall clock that is set back is ignored.
 * @param wall milliseconds since the epoch.
 * @param monotonic milliseconds since any fixed moment: `performance.now`.
 */
export function createSteadyClock(wall: () => number, monotonic: () => number): SteadyClock {
  let distance = wall() - monotonic();
  // Starts at the wall clock's time, so that readings in a debugger make sense.
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
