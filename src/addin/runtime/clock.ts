/** Time as the runtime has it; a test gives its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds for elapsed time: goes on while the computer sleeps, never goes back. */
  readonly steady: () => number;
  /** Runs a task after so many milliseconds. @returns a function that cancels it */
  readonly after: (ms: number, task: () => void) => () => void;
  /** From 0 up to 1. */
  readonly random: () => number;
}
