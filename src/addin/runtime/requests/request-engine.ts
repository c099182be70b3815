/**
 * Requests that many cells share: equal ones are one call, its answer stands until the epoch ends, and no more calls
 * are open at once than a browser carries.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { burstSteadyTime } from "./burst.ts";
import { createEpochs, type Epoch, maxAgeIn } from "./epochs.ts";
import { createHolds } from "./holds.ts";
import { createLine } from "./line.ts";

/** What a call is started with. */
export interface StartOptions {
  /** Says that nobody waits for the call any more. */
  readonly signal: AbortSignal;
  /** Greatest age in seconds that caches on the way may answer with; undefined: theirs to choose. */
  readonly maxAge: number | undefined;
  /** Which the answer belongs to. */
  readonly epoch: Epoch;
}

export interface SharedRequest<Answer> {
  /** Equal requests have equal keys, whatever shape a cell wants of the answer. */
  readonly key: string;
  /** The ticket that it is made with: its epoch decides how long the answer stands. */
  readonly ticket: string;
  readonly start: (options: StartOptions) => Promise<Answer>;
  /** How many values the answer holds, which is what memory is bounded by; one that is not weighed is not kept. */
  readonly weigh?: (answer: Answer) => number;
  /** What its failure is remembered under; the key where left out. */
  readonly topic?: string;
  /** A small question, which does not wait behind the pulls. */
  readonly isQuick?: boolean;
}

/**
 * A cell's call, as far as it can be given up: Excel runs `onCanceled` when the cell is edited or deleted. A preview
 * of a formula that is being typed waits for nothing.
 */
export type Waiting = Pick<CustomFunctions.CancelableInvocation, "onCanceled" | "isInValuePreview">;

export interface RequestEngine {
  /**
   * The answer to a request, from memory where the epoch has one.
   * @throws KalError the call's own, one that still stands from a call before, or KAL_PAUSED; AbortError when the call
   * is given up.
   */
  readonly share: <Answer>(request: SharedRequest<Answer>, cell: Waiting) => Promise<Answer>;
  readonly epochOf: (ticket: string) => Epoch;
  /** Begins a new epoch: calls made from now on, and those under way, bring new data. */
  readonly refresh: () => void;
  /** Lets what has failed be tried again at once. */
  readonly forgetFailures: () => void;
  /** While paused only memory answers. */
  paused: boolean;
  /** Whether memory has answered with old data, as it does while paused: cells show them until they are made anew. */
  hasGivenOld: boolean;
}

/** Chromium opens six connections to one host, and refuses requests beyond some 1,400 open ones. */
const mostOpenPulls = 5;
const mostOpenQuestions = 1;

/** Values kept in memory, all told: at some 20 bytes each, 60 MB. */
const mostValues = 3_000_000;

/**
 * Excel may cancel the old call of a cell before it makes the new, equal one (the order is not promised, office-js
 * 6483), so a call that nobody waits for is given this many milliseconds before it is aborted.
 */
const grace = 250;

/** Where no call has come back for so many milliseconds, those that wait for their turn fail with them. */
const longestStandstill = 180_000;

/** A call on its way, or in line for it. */
interface Flight {
  readonly request: SharedRequest<unknown>;
  readonly answer: Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly queuedAt: number;
  readonly cells: Set<Waiting>;
  /** Undefined until its turn, like the epoch in which it is asked. */
  abort?: AbortController;
  epoch?: Epoch;
}

interface Kept {
  readonly answer: Promise<unknown>;
  readonly epoch: Epoch;
}

/** @param now the steady clock, standing still for a burst */
export function createRequestEngine(now: () => number = burstSteadyTime): RequestEngine {
  const epochs = createEpochs(now);
  const holds = createHolds(now);
  const flights = new Map<string, Flight>();
  const kept = createBoundedMap<Kept>(mostValues);
  const pulls = createLine(mostOpenPulls, serve);
  const questions = createLine(mostOpenQuestions, serve);
  /** When a call came back last. */
  let moved = -Infinity;
  let paused = false;
  let hasGivenOld = false;

  /** What was asked for before a refresh would be old when it comes, so it is asked for again. */
  async function fly(flight: Flight): Promise<unknown> {
    const { key, ticket, start, weigh, topic = key } = flight.request;
    const { signal } = (flight.abort = new AbortController());
    for (;;) {
      signal.throwIfAborted();
      holds.check(ticket, topic);
      const epoch = epochs.current(ticket);
      flight.epoch = epoch;
      try {
        const answer = await start({ signal, maxAge: maxAgeIn(epoch, now()), epoch });
        moved = now();
        if (epochs.isReplaced(epoch)) continue;
        if (weigh && epoch.number >= (kept.peek(key)?.epoch.number ?? 0)) {
          kept.set(key, { answer: Promise.resolve(answer), epoch }, 1 + weigh(answer));
        }
        return answer;
      } catch (error) {
        if (!(error instanceof KalError && error.code === "KAL_TIMEOUT")) moved = now();
        if (!signal.aborted && epochs.isReplaced(epoch)) continue;
        if (!signal.aborted) holds.remember(ticket, topic, error);
        throw error;
      }
    }
  }

  /** A flight's turn has come. */
  async function serve(flight: Flight): Promise<void> {
    try {
      if (flight.cells.size === 0) throw givenUp();
      if (now() - Math.max(flight.queuedAt, moved) > longestStandstill) throw new KalError("KAL_TIMEOUT");
      flight.resolve(await fly(flight));
    } catch (error) {
      flight.reject(error);
    } finally {
      forget(flight);
      // office.js keeps every invocation for ever, and with it what its onCanceled holds.
      for (const cell of flight.cells) cell.onCanceled = nothing;
      flight.cells.clear();
    }
  }

  function takeOff(request: SharedRequest<unknown>): Flight {
    let settle!: Pick<Flight, "resolve" | "reject">;
    const answer = new Promise<unknown>((resolve, reject) => (settle = { resolve, reject }));
    const flight: Flight = { request, answer, ...settle, queuedAt: now(), cells: new Set() };
    flights.set(request.key, flight);
    if (request.isQuick) questions(flight);
    else pulls(flight);
    return flight;
  }

  function forget(flight: Flight): void {
    const { key } = flight.request;
    if (flights.get(key) === flight) flights.delete(key);
  }

  function leave(flight: Flight, cell: Waiting): void {
    if (!flight.cells.delete(cell) || flight.cells.size > 0) return;
    setTimeout(() => {
      if (flight.cells.size > 0) return;
      forget(flight);
      flight.abort?.abort(givenUp());
    }, grace);
  }

  /** The call under way whose answer a cell may have that asks now: not one of an epoch that has grown old meanwhile. */
  function underWay(key: string, ticket: string): Flight | undefined {
    const flight = flights.get(key);
    if (!flight?.epoch || paused || epochs.isReplaced(flight.epoch)) return flight;
    return flight.epoch === epochs.current(ticket) ? flight : undefined;
  }

  function fromMemory(key: string, ticket: string): Promise<unknown> | undefined {
    const known = kept.get(key);
    const isOld = known?.epoch !== epochs.current(ticket);
    if (!known || (isOld && !paused)) return undefined;
    hasGivenOld ||= isOld;
    return known.answer;
  }

  return {
    share<Answer>(request: SharedRequest<Answer>, cell: Waiting): Promise<Answer> {
      const { key, ticket } = request;
      // Equal keys are equal requests, so they have the same kind of answer.
      const known = fromMemory(key, ticket) as Promise<Answer> | undefined;
      if (known) return known;
      if (cell.isInValuePreview) return Promise.reject(givenUp());
      const before = underWay(key, ticket);
      if (paused && !before) return Promise.reject(new KalError("KAL_PAUSED"));
      const flight = before ?? takeOff(request as SharedRequest<unknown>);
      flight.cells.add(cell);
      cell.onCanceled = () => leave(flight, cell);
      return flight.answer as Promise<Answer>;
    },
    epochOf: epochs.current,
    refresh() {
      holds.clear();
      epochs.refresh();
    },
    forgetFailures: holds.clear,
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

/** What a call ends with that nobody waits for. */
export function givenUp(): DOMException {
  return new DOMException("No cell waits for this call any more.", "AbortError");
}

export const nothing = (): void => undefined;
