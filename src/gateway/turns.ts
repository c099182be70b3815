/**
 * Limits the concurrency of each owner; further callers wait in a queue of limited length. The people of one owner
 * take turns: however many requests of one person wait, another person's first one is next.
 *
 * p-limit, which the add-in uses, cannot remove a caller who has left from its queue, and its queue is unlimited.
 * @module
 */
import { KalError } from "../kalibrate/errors.ts";
import type { Share } from "./hooks/share.ts";

export interface Turns {
  /**
   * Waits for a turn.
   * @returns the function that ends it; calling it again does nothing.
   * @throws KalError KAL_THROTTLED if too many wait already; the signal's reason as soon as it aborts.
   */
  take(share: Share, signal: AbortSignal): Promise<() => void>;
}

export interface TurnsOptions {
  readonly maxAtOncePerOwner: number;
  /**
   * If this many wait, another person's request replaces the last one of the person with the most waiting requests.
   */
  readonly maxWaitingPerOwner: number;
  readonly maxWaiting: number;
}

/** Seconds after which a caller who found the queue full may try again. */
const retryAfter = 10;

interface Waiting {
  readonly person: string;
  begin(): void;
  giveUp(error: KalError): void;
}

interface Queue {
  atOnce: number;
  waiting: number;
  /** By person, their requests in order of arrival. A person who had a turn moves to the end of the map. */
  readonly people: Map<string, Set<Waiting>>;
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
      callNext(queue);
      if (queue.atOnce === 0) queues.delete(owner);
    };
  }

  function callNext({ people }: Queue): void {
    const [next] = people;
    if (!next) return;
    const [person, requests] = next;
    const [first] = requests;
    people.delete(person);
    people.set(person, requests);
    first?.begin();
  }

  function add(queue: Queue, waiting: Waiting): void {
    const requests = queue.people.get(waiting.person) ?? new Set();
    queue.people.set(waiting.person, requests.add(waiting));
    queue.waiting += 1;
    waitingInAll += 1;
  }

  function remove(queue: Queue, waiting: Waiting): void {
    const requests = queue.people.get(waiting.person);
    requests?.delete(waiting);
    if (requests?.size === 0) queue.people.delete(waiting.person);
    queue.waiting -= 1;
    waitingInAll -= 1;
  }

  /** @throws KalError KAL_THROTTLED if nobody has more waiting requests than this person would have. */
  function makeRoom({ people }: Queue, person: string): void {
    const own = people.get(person)?.size ?? 0;
    const most = [...people.values()].reduce((longest, other) =>
      other.size > longest.size ? other : longest,
    );
    if (most.size <= own + 1) throw queueIsFull();
    [...most].at(-1)?.giveUp(queueIsFull());
  }

  return {
    async take({ owner, person }, signal) {
      signal.throwIfAborted();
      const queue = queues.get(owner) ?? { atOnce: 0, waiting: 0, people: new Map() };
      if (queue.atOnce < maxAtOncePerOwner) {
        queues.set(owner, queue);
        return begin(owner, queue);
      }
      if (queue.waiting >= maxWaitingPerOwner) makeRoom(queue, person);
      if (waitingInAll >= maxWaiting) throw queueIsFull();
      return new Promise((resolve, reject) => {
        const leave = () => {
          signal.removeEventListener("abort", abort);
          remove(queue, waiting);
        };
        const waiting: Waiting = {
          person,
          begin: () => {
            leave();
            resolve(begin(owner, queue));
          },
          giveUp: (error) => {
            leave();
            reject(error);
          },
        };
        const abort = () => {
          leave();
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", abort);
        add(queue, waiting);
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
