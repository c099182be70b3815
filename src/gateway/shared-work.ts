/**
 * Work that several callers share: it is not cancelled when one of them leaves, but when the last one has left.
 * @module
 */
import { unlessAborted } from "./deadline.ts";

export interface SharedWork<T> {
  /** Settles with the work; waiting for it does not keep the work going. */
  readonly outcome: Promise<T>;
  /** True if the work was aborted because all callers left: a new caller has to start it again. */
  readonly isAbandoned: boolean;
  /**
   * Waits for the work as one of its callers.
   * @param signal the caller's; when it aborts, the call rejects with its reason.
   */
  join(signal: AbortSignal): Promise<T>;
}

/** Starts the work with a signal that aborts when all its callers have left. */
export function shareWork<T>(work: (signal: AbortSignal) => Promise<T>): SharedWork<T> {
  const controller = new AbortController();
  const outcome = work(controller.signal);
  let settled = false;
  const settle = () => {
    settled = true;
  };
  // Handles a failure too: after the last caller has left, nothing else does.
  outcome.then(settle, settle);
  let waiting = 0;
  return {
    outcome,
    get isAbandoned() {
      return controller.signal.aborted;
    },
    async join(signal) {
      waiting += 1;
      try {
        return await unlessAborted(signal, outcome);
      } finally {
        waiting -= 1;
        if (waiting === 0 && !settled) controller.abort();
      }
    },
  };
}
