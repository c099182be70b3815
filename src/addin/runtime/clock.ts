/** The runtime's clock; tests use their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds for measuring durations: continues while the computer sleeps, never goes back. */
  readonly steady: () => number;
  /** Runs a task after this many milliseconds. @returns a function that cancels it */
  readonly after: (ms: number, task: () => void) => () => void;
  /** A random number from 0 up to, but not including, 1. */
  readonly random: () => number;
}
