/**
 * Long work in short pieces, so that other requests are answered meanwhile: one thread serves them all.
 * @module
 */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds of work between two pauses. */
const maxBusy = 15;

/**
 * Makes a function to be called again and again in the course of long work.
 * @returns undefined as long as the work may go on, now and then a promise to be awaited before it does; it rejects
 * with the signal's reason once that has aborted.
 */
export function createPauses(signal: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now();
  const pause = async () => {
    await nextTurn();
    signal.throwIfAborted();
    began = performance.now();
  };
  return () => (performance.now() - began < maxBusy ? undefined : pause());
}
