/**
 * The service's clock: the age of data is measured by it, not by this computer's.
 * @module
 */

export interface ServiceClock {
  /** @param date the `Date` header of an answer that has just come */
  readonly note: (date: string | null) => void;
  /**
   * The service's time at a moment.
   * @param moment milliseconds by the steady clock
   * @returns milliseconds since the epoch; by this computer's clock until the service has answered
   */
  readonly timeAt: (moment: number) => number;
}

/** @param steady the steady clock, which begins at this computer's time */
export function createServiceClock(steady: () => number): ServiceClock {
  let aheadMs = 0;
  return {
    note(date) {
      const time = Date.parse(date ?? "");
      // The header has whole seconds; on average half of one has gone.
      if (!Number.isNaN(time)) aheadMs = time + 500 - steady();
    },
    timeAt: (moment) => moment + aheadMs,
  };
}
