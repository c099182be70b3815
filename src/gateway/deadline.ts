/**
 * Work that may take only so long.
 * @module
 */

/**
 * Runs work with a signal that aborts after `milliseconds` (reason: a `TimeoutError`) or when `outer` does
 * (with its reason). Unlike `AbortSignal.timeout` and `AbortSignal.any` it leaves no timer and no listener
 * behind when the work is done: a busy service would gather thousands.
 */
export async function withDeadline<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const follow = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`No end after ${milliseconds} ms`, "TimeoutError"));
  }, milliseconds);
  outer?.addEventListener("abort", follow, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", follow);
  }
}
