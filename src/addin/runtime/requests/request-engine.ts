/**
 * Shares requests between cells: equal requests are one call, its answer is cached for the generation, and the number
 * of open calls stays below a browser's limit.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { createGenerations, type Generation, maxAgeIn } from "./generations.ts";
import { createFailureCache } from "./failure-cache.ts";
import { createQueue } from "./queue.ts";

/** What a call is started with. */
export interface StartOptions {
  /** Aborted when no cell waits for the call any more. */
  readonly signal: AbortSignal;
  /** Maximum age of the data, in seconds. */
  readonly maxAge: number;
  /** The generation that the answer belongs to. */
  readonly generation: Generation;
}

export interface SharedRequest<Answer> {
  /** Equal requests have equal keys, even if cells show different parts of the answer. */
  readonly key: string;
  /** The ticket that it is sent with; its generation decides how long the answer is cached. */
  readonly ticket: string;
  readonly start: (options: StartOptions) => Promise<Answer>;
  /** Number of values in the answer, which counts towards the cache limit. Without it the answer is not cached. */
  readonly weigh?: (answer: Answer) => number;
  /** Key of its failure in the failure cache; default: `key`. */
  readonly topic?: string;
  /** A small request that does not queue behind the pulls. */
  readonly isQuick?: boolean;
  /** Does not queue either: it goes out with others as one call. */
  readonly isBatched?: boolean;
}

/**
 * The part of an invocation that cancels it: Excel runs `onCanceled` when the cell is edited or deleted. The preview
 * of a formula that is being typed never starts a call.
 */
export type Waiting = Pick<CustomFunctions.CancelableInvocation, "onCanceled" | "isInValuePreview">;

export interface RequestEngine {
  /**
   * Resolves with the answer, from the cache if the generation has one.
   * @throws KalError of the call, a cached failure of an earlier call, or KAL_PAUSED; AbortError when no cell waits
   * for the call any more.
   */
  readonly share: <Answer>(request: SharedRequest<Answer>, cell: Waiting) => Promise<Answer>;
  readonly generationOf: (ticket: string) => Generation;
  /** Maximum age, in seconds, of the data in an answer to a call made now. */
  readonly maxAgeOf: (ticket: string) => number;
  /** Whether a refresh has come since. */
  readonly isReplaced: (generation: Generation) => boolean;
  /** Starts a new generation: later calls and calls in flight return new data. */
  readonly refresh: () => void;
  /** Clears the failure cache, so that failed calls may be repeated at once. */
  readonly forgetFailures: () => void;
  /** While paused, only the cache answers. */
  paused: boolean;
  /**
   * Whether the cache has answered with data of an older generation, as it does while paused. Cells show that data
   * until they are recalculated.
   */
  hasGivenOld: boolean;
}

/** Chromium opens six connections to one host, and refuses requests beyond about 1,400 open ones. */
const maxOpenPulls = 5;
const maxOpenQuestions = 1;

/** Maximum values in the whole cache: at about 20 bytes each, 60 MB. */
const maxValues = 3_000_000;

/**
 * Abort a call this long after its last cell left: Excel may cancel the old call of a cell before it starts the equal
 * new one (office-js 6483).
 */
const abortDelayMs = 250;

/** If no call has completed for this long, queued calls fail too. */
const maxStandstillMs = 180_000;

/** A call that is in flight or queued. */
interface InFlightRequest {
  readonly request: SharedRequest<unknown>;
  readonly answer: Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly queuedAt: number;
  readonly cells: Set<Waiting>;
  /** Undefined while it is queued, like the generation. */
  abort?: AbortController;
  generation?: Generation;
}

interface Kept {
  readonly answer: Promise<unknown>;
  readonly generation: Generation;
}

/** @param now the steady clock, which stands still within a batch window */
export function createRequestEngine(now: () => number): RequestEngine {
  const generations = createGenerations(now);
  const failures = createFailureCache(now);
  const inFlightRequests = new Map<string, InFlightRequest>();
  const kept = createBoundedMap<Kept>(maxValues);
  const pulls = createQueue(maxOpenPulls, serve);
  const questions = createQueue(maxOpenQuestions, serve);
  const batched = createQueue(Infinity, serve);
  /** When the last call completed. */
  let moved = -Infinity;
  let paused = false;
  let hasGivenOld = false;

  /** A call that was sent before a refresh would bring old data, so it is repeated. */
  async function run(inFlight: InFlightRequest): Promise<unknown> {
    const { key, ticket, start, weigh, topic = key } = inFlight.request;
    const { signal } = (inFlight.abort = new AbortController());
    for (;;) {
      signal.throwIfAborted();
      failures.check(ticket, topic);
      const generation = generations.current(ticket);
      inFlight.generation = generation;
      try {
        const answer = await start({ signal, maxAge: maxAgeIn(generation, now()), generation });
        moved = now();
        if (generations.isReplaced(generation)) continue;
        if (weigh && generation.number >= (kept.peek(key)?.generation.number ?? 0)) {
          kept.set(key, { answer: Promise.resolve(answer), generation }, 1 + weigh(answer));
        }
        return answer;
      } catch (error) {
        if (!(error instanceof KalError && error.code === "KAL_TIMEOUT")) moved = now();
        if (!signal.aborted && generations.isReplaced(generation)) continue;
        if (!signal.aborted) failures.remember(ticket, topic, error);
        throw error;
      }
    }
  }

  /** Sends a queued call. */
  async function serve(inFlight: InFlightRequest): Promise<void> {
    try {
      if (inFlight.cells.size === 0) throw givenUp();
      if (now() - Math.max(inFlight.queuedAt, moved) > maxStandstillMs) throw new KalError("KAL_TIMEOUT");
      inFlight.resolve(await run(inFlight));
    } catch (error) {
      inFlight.reject(error);
    } finally {
      forget(inFlight);
      // office.js never releases an invocation, nor what its onCanceled refers to.
      for (const cell of inFlight.cells) cell.onCanceled = nothing;
      inFlight.cells.clear();
    }
  }

  function start(request: SharedRequest<unknown>): InFlightRequest {
    let settle!: Pick<InFlightRequest, "resolve" | "reject">;
    const answer = new Promise<unknown>((resolve, reject) => (settle = { resolve, reject }));
    const inFlight: InFlightRequest = { request, answer, ...settle, queuedAt: now(), cells: new Set() };
    inFlightRequests.set(request.key, inFlight);
    const queue = request.isQuick ? questions : request.isBatched ? batched : pulls;
    queue(inFlight);
    return inFlight;
  }

  function forget(inFlight: InFlightRequest): void {
    const { key } = inFlight.request;
    if (inFlightRequests.get(key) === inFlight) inFlightRequests.delete(key);
  }

  function leave(inFlight: InFlightRequest, cell: Waiting): void {
    if (!inFlight.cells.delete(cell) || inFlight.cells.size > 0) return;
    setTimeout(() => {
      if (inFlight.cells.size > 0) return;
      forget(inFlight);
      inFlight.abort?.abort(givenUp());
    }, abortDelayMs);
  }

  /** The call in flight that a new cell may share; undefined if its generation has expired meanwhile. */
  function underWay(key: string, ticket: string): InFlightRequest | undefined {
    const inFlight = inFlightRequests.get(key);
    if (!inFlight?.generation || paused || generations.isReplaced(inFlight.generation)) return inFlight;
    return inFlight.generation === generations.current(ticket) ? inFlight : undefined;
  }

  function fromMemory(key: string, ticket: string): Promise<unknown> | undefined {
    const known = kept.get(key);
    const isOld = known?.generation !== generations.current(ticket);
    if (!known || (isOld && !paused)) return undefined;
    hasGivenOld ||= isOld;
    return known.answer;
  }

  return {
    share<Answer>(request: SharedRequest<Answer>, cell: Waiting): Promise<Answer> {
      const { key, ticket } = request;
      // Equal keys are equal requests, so the types of their answers are equal.
      const known = fromMemory(key, ticket) as Promise<Answer> | undefined;
      if (known) return known;
      if (cell.isInValuePreview) return Promise.reject(givenUp());
      const before = underWay(key, ticket);
      if (paused && !before) return Promise.reject(new KalError("KAL_PAUSED"));
      const inFlight = before ?? start(request as SharedRequest<unknown>);
      inFlight.cells.add(cell);
      cell.onCanceled = () => leave(inFlight, cell);
      return inFlight.answer as Promise<Answer>;
    },
    generationOf: generations.current,
    maxAgeOf: (ticket) => maxAgeIn(generations.current(ticket), now()),
    isReplaced: generations.isReplaced,
    refresh() {
      failures.clear();
      generations.refresh();
    },
    forgetFailures: failures.clear,
    get paused() {
      return paused;
    },
    set paused(value) {
      paused = value;
    },
    get hasGivenOld() {
      return hasGivenOld;
    },
    set hasGivenOld(value) {
      hasGivenOld = value;
    },
  };
}

/** The error of a call that no cell waits for. */
export function givenUp(): DOMException {
  return new DOMException("No cell waits for this call any more.", "AbortError");
}

export const nothing = (): void => undefined;
