/**
 * Pausing: only memory answers, for as long as somebody wants to work on a sheet without new calls.
 * @module
 */
import { engine } from "../requests/engine.ts";
import { remakeCells, retryFailed } from "./refresh.ts";

const listeners = new Set<() => void>();

export function isPaused(): boolean {
  return engine.paused;
}

/** Calls back after every change. @returns a function that ends it. */
export function onPauseChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function pause(): void {
  change(true);
}

/**
 * Lets calls be made again, and makes those that had to wait or were answered with old data.
 * @throws OfficeExtension.Error when Excel refuses; it is resumed all the same.
 */
export async function resume(): Promise<void> {
  change(false);
  const hasGivenOld = engine.hasGivenOld;
  engine.hasGivenOld = false;
  await retryFailed();
  // What memory answered with old data looks like an answer of now.
  if (hasGivenOld) await remakeCells();
}

function change(paused: boolean): void {
  engine.paused = paused;
  for (const listener of listeners) listener();
}
