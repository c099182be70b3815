/**
 * A limit for what has none of its own.
 * @module
 */
import type { Clock } from "../runtime/clock.ts";

export class TimeLimitError extends Error {}

export type Within = <T>(work: Promise<T>, ms: number) => Promise<T>;

/** @returns a function that rejects with TimeLimitError when the work takes longer; the work itself goes on. */
export function createWithin(clock: Pick<Clock, "after">): Within {
  return (work, ms) =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(ms, () => reject(new TimeLimitError(`No answer after ${ms} ms.`)));
      work.finally(cancel).then(resolve, reject);
    });
}
