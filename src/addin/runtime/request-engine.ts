/**
 * Requests that many cells share: equal ones in flight become one call, and no more calls are open at once than a
 * browser carries.
 * @module
 */
import pLimit from "p-limit";

/** Starts the call behind a key; the signal says that nobody waits for it any more. */
export type StartRequest<Answer> = (signal: AbortSignal) => Promise<Answer>;

/** A cell's call, as far as it can be given up: Excel runs `onCanceled` when the cell is edited or deleted. */
export type Cancelable = Pick<CustomFunctions.CancelableInvocation, "onCanceled">;

export interface RequestEngine {
  readonly share: <Answer>(
    key: string,
    invocation: Cancelable,
    start: StartRequest<Answer>,
  ) => Promise<Answer>;
}

/** Chromium opens six connections to one host, and refuses requests beyond some 1,400 open ones. */
const mostOpenCalls = 6;

/**
 * Excel may cancel the old call of a cell before it makes the new, equal one (the order is not promised, office-js
 * 6483), so a call that nobody waits for is given this many milliseconds before it is aborted.
 */
const grace = 250;

interface Flight {
  readonly answer: Promise<unknown>;
  readonly abort: AbortController;
  interested: number;
}

export function createRequestEngine(): RequestEngine {
  const flights = new Map<string, Flight>();
  const limit = pLimit(mostOpenCalls);

  function takeOff(key: string, start: StartRequest<unknown>): Flight {
    const abort = new AbortController();
    const answer = limit(() => {
      abort.signal.throwIfAborted();
      return start(abort.signal);
    });
    const flight: Flight = { answer, abort, interested: 0 };
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    answer.then(land, land);
    flights.set(key, flight);
    return flight;
  }

  function release(key: string, flight: Flight): void {
    flight.interested -= 1;
    if (flight.interested > 0) return;
    setTimeout(() => {
      if (flight.interested > 0 || flights.get(key) !== flight) return;
      flights.delete(key);
      flight.abort.abort(new DOMException("No cell waits for this call any more.", "AbortError"));
    }, grace);
  }

  return {
    share<Answer>(key: string, invocation: Cancelable, start: StartRequest<Answer>): Promise<Answer> {
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.interested += 1;
      let held = true;
      invocation.onCanceled = () => {
        if (held) release(key, flight);
        held = false;
      };
      // Equal keys are equal requests, so they have the same kind of answer.
      return flight.answer as Promise<Answer>;
    },
  };
}
