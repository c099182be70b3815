/**
 * Divides long work into short pieces, because one thread serves all requests.
 *
 * The limit applies to all long work together: with a limit for each, sixteen large answers would block everything
 * else for sixteen times as long.
 * @module
 */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds of long work per turn of the event loop. */
const maxBusy = 15;

/** When this turn's work started; undefined if there was none yet. */
let began: number | undefined;

/** The paused work, in the order in which it paused. */
const waiting: (() => void)[] = [];

function beginTurn(): void {
  began = performance.now();
  void nextTurn().then(() => {
    began = undefined;
    const resume = waiting.shift();
    if (!resume) return;
    beginTurn();
    resume();
  });
}

function isTurnSpent(): boolean {
  if (began === undefined) beginTurn();
  return performance.now() - (began ?? 0) >= maxBusy;
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resume) => waiting.push(resume));
  signal?.throwIfAborted();
}

/**
 * Creates a function to call repeatedly during long work.
 * @returns undefined while the work may continue; from time to time a promise to await first. The promise rejects with
 * the signal's reason after it has aborted.
 */
export function createPauses(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  return () => (isTurnSpent() ? pause(signal) : undefined);
}
