/**
 * Calls of our functions that have not been answered yet, by the address of their cell.
 *
 * What a cell shows does not tell: it may keep its old value while a call runs (office-js 4152, 6930), and may stay
 * #BUSY! when none does any more (office-js 6662).
 * @module
 */

import { steadyTime } from "../steady-time.ts";

/**
 * office.js hands an answer over after 50 ms, under load after 2 s (its `_setResultsDelayMillis` and
 * `_setResultsOverdueDelayMillis`); until Excel has shown it the cell may keep its old value.
 */
const maxShownAfterMs = 2_500;

/** How many calls wait, by address; undefined where Excel does not tell it. */
const open = new Map<string | undefined, number>();

/** By address, when the latest call ended; of the last seconds only, the oldest first. */
const ended = new Map<string | undefined, number>();

export function callBegins(address: string | undefined): void {
  open.set(address, (open.get(address) ?? 0) + 1);
}

export function callEnds(address: string | undefined): void {
  const count = (open.get(address) ?? 1) - 1;
  if (count > 0) open.set(address, count);
  else open.delete(address);
  // Set again, an address would keep its place among the oldest.
  ended.delete(address);
  unshownTimes().set(address, steadyTime());
}

/** Addresses of cells with an open call. */
export function openAddresses(): string[] {
  return [...open.keys()].filter((address) => address !== undefined);
}

/** Whether calls are open whose cells are not known. */
export function hasOpenCallsElsewhere(): boolean {
  return open.has(undefined);
}

/** Resolves when Excel has shown the answers that it has been given so far. */
export function answersShown(): Promise<void> {
  let latest = -Infinity;
  for (const time of unshownTimes().values()) latest = Math.max(latest, time);
  const wait = latest + maxShownAfterMs - steadyTime();
  return wait > 0 ? new Promise((resolve) => setTimeout(resolve, wait)) : Promise.resolve();
}

/** Addresses of cells that may show an old value: a call is open, or its answer may not be shown yet. */
export function unshownAddresses(): (string | undefined)[] {
  return [...open.keys(), ...unshownTimes().keys()];
}

function unshownTimes(): typeof ended {
  const now = steadyTime();
  for (const [address, time] of ended) {
    if (time + maxShownAfterMs > now) break;
    ended.delete(address);
  }
  return ended;
}
