/**
 * The service's clock. We measure the age of data by it, not by this computer's clock.
 * @module
 */

export interface ServiceClock {
  /** @param date the `Date` header of an answer that has just arrived */
  readonly note: (date: string | null) => void;
  /**
   * The service's time at a moment.
   * @param moment milliseconds on the steady clock
   * @returns milliseconds since the epoch; by this computer's clock until the service has answered
   */
  readonly timeAt: (moment: number) => number;
}

/** @param steady the steady clock, which starts at this computer's time */
export function createServiceClock(steady: () => number): ServiceClock {
  let aheadMs = 0;
  return {
    note(date) {
      const time = Date.parse(date ?? "");
      // The header has whole seconds, so on average it is half a second behind.
      if (!Number.isNaN(time)) aheadMs = time + 500 - steady();
    },
    timeAt: (moment) => moment + aheadMs,
  };
}
