/**
 * Calls of our functions that have not been answered yet, by the address of their cell.
 *
 * A cell's value does not show this: it may stay old while a call runs (office-js 4152, 6930), and may stay #BUSY!
 * when no call runs any more (office-js 6662).
 * @module
 */

/**
 * office.js passes an answer to Excel after 50 ms, under load after 2 s (its `_setResultsDelayMillis` and
 * `_setResultsOverdueDelayMillis`). Until Excel has shown it, the cell may keep its old value.
 */
const maxShownAfterMs = 2_500;

/** The address is undefined if Excel does not provide it. */
export interface OpenCalls {
  readonly begin: (address: string | undefined) => void;
  readonly end: (address: string | undefined) => void;
  /** Addresses of cells with an open call. */
  readonly addresses: () => string[];
  readonly areAny: () => boolean;
  /** Whether calls without a known address are open. */
  readonly areElsewhere: () => boolean;
  /** Resolves when Excel has shown all answers given to it so far. */
  readonly answersShown: () => Promise<void>;
  /** Addresses of cells that may show an old value: a call is open, or its answer may not be shown yet. */
  readonly unshownAddresses: () => (string | undefined)[];
}

/** @param steady the steady clock */
export function createOpenCalls(steady: () => number): OpenCalls {
  /** Number of open calls by address. */
  const open = new Map<string | undefined, number>();
  /** When the latest call ended, by address; only the last seconds, oldest first. */
  const ended = new Map<string | undefined, number>();

  function unshownTimes(): typeof ended {
    const now = steady();
    for (const [address, time] of ended) {
      if (time + maxShownAfterMs > now) break;
      ended.delete(address);
    }
    return ended;
  }

  return {
    begin: (address) => void open.set(address, (open.get(address) ?? 0) + 1),
    end(address) {
      const count = (open.get(address) ?? 1) - 1;
      if (count > 0) open.set(address, count);
      else open.delete(address);
      // Delete first: setting an existing key would keep its position in the map.
      ended.delete(address);
      unshownTimes().set(address, steady());
    },
    addresses: () => [...open.keys()].filter((address) => address !== undefined),
    areAny: () => open.size > 0,
    areElsewhere: () => open.has(undefined),
    answersShown() {
      let latest = -Infinity;
      for (const time of unshownTimes().values()) latest = Math.max(latest, time);
      const wait = latest + maxShownAfterMs - steady();
      return wait > 0 ? new Promise((resolve) => setTimeout(resolve, wait)) : Promise.resolve();
    },
    unshownAddresses: () => [...open.keys(), ...unshownTimes().keys()],
  };
}
