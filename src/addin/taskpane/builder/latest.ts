/**
 * Runs work of which only the latest run matters: a new run aborts the previous one.
 * @module
 */

export interface Latest {
  /** Aborts the run in progress. @returns the signal of the new run */
  readonly begin: () => AbortSignal;
  readonly stop: () => void;
}

export function createLatest(): Latest {
  let current = new AbortController();
  const stop = () => current.abort(new DOMException("Something else is asked for now.", "AbortError"));
  return {
    begin() {
      stop();
      current = new AbortController();
      return current.signal;
    },
    stop,
  };
}

/** Resolves after some milliseconds, rejects when aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** Wait this long after the last key press before sending a request. Milliseconds. */
export const typingPause = 350;
