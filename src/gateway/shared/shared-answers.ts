/**
 * Answers shared by many callers: equal pulls in progress are one, and answers are cached, compressed, while callers
 * may use them.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { unlessAborted } from "../deadline.ts";
import { shareOfHeap } from "../heap.ts";
import { shareWork, type SharedWork } from "../shared-work.ts";
import {
  type Age,
  type Answer,
  type Found,
  isFresh,
  type Origin,
  type Packed,
  type Replicas,
  spread,
} from "./answer.ts";
import { pack, sizeOf, unpack } from "./packed.ts";

export interface AnswerRequest<Head, Item> {
  /** The credential and base URL of the data: nothing is shared between two of them. */
  readonly owner: string;
  /** The owner's name under the cache key before, while that key is still configured. */
  readonly formerOwner?: string | undefined;
  /** Everything else that the answer depends on. */
  readonly what: readonly unknown[];
  /** Seconds for which the answer may be shared. */
  readonly keepFor: number;
  /** Seconds, if the caller wants it younger; its oldest data counts. 0 for current data. */
  readonly maxAge: number | undefined;
  readonly signal: AbortSignal;
  /**
   * Requests the answer from the Data API.
   * @param stop aborts when no caller waits any more.
   * @param asked the time, in milliseconds since the epoch.
   */
  readonly pull: (stop: AbortSignal, asked: number) => Promise<Answer<Head, Item>>;
}

export interface SharedAnswers {
  /**
   * The answer: from the cache, from a pull in progress, from another replica, or from the Data API.
   * @throws any error of the pull, to all who share it; the caller's reason as soon as its signal aborts.
   */
  get<Head, Item>(request: AnswerRequest<Head, Item>): Promise<Shared<Head, Item>>;
}

export interface Shared<Head, Item> extends Age {
  readonly answer: Answer<Head, Item>;
  readonly origin: Origin;
}

export interface SharedAnswersOptions {
  /** Milliseconds since the epoch, for `asOf`. */
  readonly now: () => number;
  readonly steady: SteadyClock;
  /** Undefined if this is the only one. */
  readonly replicas?: Replicas | undefined;
  /** Called for each request with its kind (the first part of `what`). */
  readonly onGet?: (kind: string, origin: Origin) => void;
  /** Of all cached answers; a larger one is shared while it is pulled, but not cached. */
  readonly maxBytes?: number;
}

interface UnderWay {
  readonly started: number;
  readonly work: SharedWork<Found>;
}

interface Kept extends Age {
  /** As objects: until it is packed, then as long as the garbage collector keeps them. */
  live: Answer | WeakRef<Answer>;
  packed: Packed | undefined;
  unpacking: Promise<Answer> | undefined;
}

interface Entry {
  underWay: UnderWay | undefined;
  kept: Kept | undefined;
}

type Asked = AnswerRequest<unknown, unknown>;

const keyOf = (owner: string, what: readonly unknown[]) => JSON.stringify([owner, ...what]);

export function createSharedAnswers(options: SharedAnswersOptions): SharedAnswers {
  const { now, steady, replicas, onGet, maxBytes = shareOfHeap("shared") } = options;
  const entries = new LRUCache<string, Entry>({ maxSize: maxBytes, ttlAutopurge: true });

  /** lru-cache does not update size and expiry of a value that is set again. */
  function put(key: string, entry: Entry, keepFor: number): void {
    const { underWay, kept } = entry;
    entries.delete(key);
    if (!underWay && !kept) return;
    const size = 1 + key.length + (kept?.packed ? sizeOf(kept.packed) : 0);
    entries.set(key, entry, { size, ttl: underWay ? 0 : keepFor * 1000 });
  }

  function mayJoin({ started, work }: UnderWay, { maxAge, keepFor }: Asked): boolean {
    return !work.isAbandoned && steady() - started < Math.min(maxAge ?? keepFor, keepFor) * 1000 + spread;
  }

  async function pullNow(request: Asked, stop: AbortSignal): Promise<Found> {
    const started = steady();
    const asked = now();
    const answer = await request.pull(stop, asked);
    return { answer, started, lag: Math.max(0, asked - answer.asOf), origin: "pull" };
  }

  function begin(key: string, entry: Entry, request: Asked): UnderWay {
    const { keepFor, formerOwner, what } = request;
    const maxAge = Math.min(request.maxAge ?? keepFor, keepFor);
    const formerKey = formerOwner === undefined ? undefined : keyOf(formerOwner, what);
    const work = shareWork((stop) => {
      const pull = () => pullNow(request, stop);
      return replicas && keepFor > 0
        ? replicas.once(key, { formerKey, maxAge, keepFor, pull, stop })
        : pull();
    });
    const underWay: UnderWay = { started: steady(), work };
    entry.underWay = underWay;
    put(key, entry, keepFor);
    const end = () => {
      if (entry.underWay === underWay) entry.underWay = undefined;
      put(key, entry, keepFor);
    };
    work.outcome.then(({ answer, started, lag, packed }) => {
      if (keepFor > 0 && !(entry.kept && entry.kept.started > started)) {
        const kept: Kept = { started, lag, live: answer, packed: undefined, unpacking: undefined };
        entry.kept = kept;
        void (packed ?? pack(answer)).then((parts) => {
          Object.assign(kept, { packed: parts, live: new WeakRef(answer) });
          if (entry.kept === kept && entries.peek(key) === entry) put(key, entry, keepFor);
        });
      }
      end();
    }, end);
    return underWay;
  }

  function read(kept: Kept, signal: AbortSignal): Promise<Answer> | Answer {
    const live = kept.live instanceof WeakRef ? kept.live.deref() : kept.live;
    if (live || !kept.packed) return live as Answer;
    kept.unpacking ??= unpack(kept.packed).then((answer) => {
      kept.live = new WeakRef(answer);
      kept.unpacking = undefined;
      return answer;
    });
    return unlessAborted(signal, kept.unpacking);
  }

  async function find(request: Asked): Promise<Shared<unknown, unknown>> {
    const { owner, what, signal, keepFor, maxAge } = request;
    const key = keyOf(owner, what);
    const entry = entries.get(key) ?? { underWay: undefined, kept: undefined };
    if (entry.kept && isFresh(entry.kept, steady(), keepFor, maxAge)) {
      const { started, lag } = entry.kept;
      return { answer: await read(entry.kept, signal), started, lag, origin: "memory" };
    }
    if (entry.underWay && mayJoin(entry.underWay, request))
      return { ...(await entry.underWay.work.join(signal)), origin: "joined" };
    return begin(key, entry, request).work.join(signal);
  }

  return {
    async get<Head, Item>(request: AnswerRequest<Head, Item>) {
      const found = await find(request);
      onGet?.(String(request.what[0]), found.origin);
      // Equal keys are equal requests, so the types of their answers are equal.
      return found as Shared<Head, Item>;
    },
  };
}
