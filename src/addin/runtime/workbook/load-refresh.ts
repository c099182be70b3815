/**
 * Loads the code that finds cells and recalculates them, so that the first cell does not wait for it.
 * @module
 */
import { loadOnce } from "../load-code.ts";
import type { Refresh, RefreshParts } from "./refresh.ts";

/** @returns methods that also throw KalError KAL_OFFLINE if the code cannot be loaded; the next call tries again */
export function createRefresh(parts: RefreshParts): Refresh {
  const load = loadOnce(async () => {
    // One chunk with the commands, which the page loads as soon as Excel is ready.
    const { createRefresh } = await import(/* webpackChunkName: "behind-functions" */ "./refresh.ts");
    return createRefresh(parts);
  });
  return {
    refresh: async (scope) => (await load()).refresh(scope),
    recalculateStatus: async () => (await load()).recalculateStatus(),
    remakeCells: async () => (await load()).remakeCells(),
    retryFailed: async () => (await load()).retryFailed(),
    recover: async () => (await load()).recover(),
    askForLeftCells: async () => (await load()).askForLeftCells(),
  };
}
