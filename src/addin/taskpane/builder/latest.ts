/**
 * Work of which only the latest counts: whoever begins anew gives up what was under way.
 * @module
 */

export interface Latest {
  /** Gives up what is under way. @returns the signal of what begins now */
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

/** Resolves after some milliseconds, rejects when it is given up. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** Milliseconds without a change after which somebody has typed what they wanted. */
export const typingPause = 350;
