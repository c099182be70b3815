/**
 * Divides long work into short pieces, because one thread serves all requests.
 *
 * The limit is for all long work together: with a limit for each, sixteen large answers would block everything else for
 * sixteen times as long.
 * @module
 */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds of long work in one turn of the event loop. */
const maxBusy = 15;

/** When this turn's work began; undefined where there was none yet. */
let began: number | undefined;

/** Continues those that wait for a turn, in the order in which they paused. */
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
 * Makes a function to be called again and again in the course of long work.
 * @returns undefined as long as the work may go on, now and then a promise to be awaited before it does; it rejects
 * with the signal's reason once that has aborted.
 */
export function createPauses(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  return () => (isTurnSpent() ? pause(signal) : undefined);
}
