/**
 * Limits how much each owner does at once; further callers wait in a queue of limited length.
 *
 * p-limit, which the add-in uses, cannot take a caller out of its queue who has left, and its queue has no end.
 * @module
 */
import { KalError } from "../kalibrate/errors.ts";

export interface Turns {
  /**
   * Waits for a turn.
   * @returns the function that ends it; calling it again does nothing.
   * @throws KalError KAL_THROTTLED where too many wait already; the signal's reason as soon as it aborts.
   */
  take(owner: string, signal: AbortSignal): Promise<() => void>;
}

export interface TurnsOptions {
  readonly maxAtOncePerOwner: number;
  readonly maxWaitingPerOwner: number;
  readonly maxWaiting: number;
}

/** Seconds after which a caller who found the queue full may try again. */
const retryAfter = 10;

interface Queue {
  atOnce: number;
  /** Calls those that wait, in the order in which they came. */
  readonly waiting: Set<() => void>;
}

export function createTurns({ maxAtOncePerOwner, maxWaitingPerOwner, maxWaiting }: TurnsOptions): Turns {
  const queues = new Map<string, Queue>();
  let waitingInAll = 0;

  function begin(owner: string, queue: Queue): () => void {
    queue.atOnce += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      queue.atOnce -= 1;
      const [next] = queue.waiting;
      next?.();
      if (queue.atOnce === 0) queues.delete(owner);
    };
  }

  return {
    async take(owner, signal) {
      signal.throwIfAborted();
      const queue = queues.get(owner) ?? { atOnce: 0, waiting: new Set() };
      queues.set(owner, queue);
      if (queue.atOnce < maxAtOncePerOwner) return begin(owner, queue);
      if (queue.waiting.size >= maxWaitingPerOwner || waitingInAll >= maxWaiting) throw queueIsFull();
      return new Promise((resolve, reject) => {
        const leave = () => {
          signal.removeEventListener("abort", abort);
          queue.waiting.delete(called);
          waitingInAll -= 1;
        };
        const called = () => {
          leave();
          resolve(begin(owner, queue));
        };
        const abort = () => {
          leave();
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", abort);
        queue.waiting.add(called);
        waitingInAll += 1;
      });
    },
  };
}

function queueIsFull(): KalError {
  return new KalError("KAL_THROTTLED", {
    message: "Too many requests are waiting for the KAL service.",
    hint: "Wait a moment and recalculate. One formula for many rows needs fewer requests than many formulas.",
    retryAfter,
  });
}
