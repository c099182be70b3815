/**
 * Deadlines for work.
 * @module
 */

/**
 * Runs work with a signal that aborts after `milliseconds` (reason: a `TimeoutError`, or the result of `reason`) or
 * with `outer` (with its reason). Settles at that time, even if the work does not listen to the signal. Unlike
 * `AbortSignal.timeout` and `AbortSignal.any` it leaves no timer and no listener behind, which would accumulate in a
 * busy service.
 */
export async function withDeadline<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  reason: () => unknown = () => new DOMException(`No end after ${milliseconds} ms`, "TimeoutError"),
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const follow = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => controller.abort(reason()), milliseconds);
  outer?.addEventListener("abort", follow, { once: true });
  try {
    return await unlessAborted(signal, work(signal));
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", follow);
  }
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it aborts. Leaves no listener behind. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    const settle = <Outcome>(end: (outcome: Outcome) => void) => {
      return (outcome: Outcome) => {
        signal.removeEventListener("abort", leave);
        end(outcome);
      };
    };
    work.then(settle(resolve), settle(reject));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}
