/**
 * Cache generations: all cells of a connection that are calculated within one generation see the same data.
 *
 * A refresh starts a new generation. So does the first call after the last one has expired. Each ticket has its own,
 * so connecting again also starts a new one.
 * @module
 */

export interface Generation {
  /** Milliseconds on the steady clock. */
  readonly startedAt: number;
  /** Started by a refresh: no cache may answer with data from before it. */
  readonly isRefresh: boolean;
  /** Increases with each generation. */
  readonly number: number;
}

/** Answers are reused for this long unless somebody refreshes. At its start a generation takes none that are older. */
const lifetimeMs = 300_000;

export interface Generations {
  /** The generation of a call made now with this ticket. */
  readonly current: (ticket: string) => Generation;
  /** Starts a new generation for all connections: every later call requests new data. */
  readonly refresh: () => void;
  /**
   * Whether a refresh has started a newer generation. Then this one's answers must not be shown any more. (Answers of
   * an expired generation may still be shown.)
   */
  readonly isReplaced: (generation: Generation) => boolean;
}

/** @param now the steady clock */
export function createGenerations(now: () => number): Generations {
  const generations = new Map<string, Generation>();
  let refreshedAt: number | undefined;
  let last = 0;
  let replaced = 0;

  const isYoung = (startedAt: number) => now() - startedAt < lifetimeMs;

  return {
    current(ticket) {
      const known = generations.get(ticket);
      if (known && isYoung(known.startedAt)) return known;
      const isRefresh = refreshedAt !== undefined && isYoung(refreshedAt);
      const startedAt = isRefresh && refreshedAt !== undefined ? refreshedAt : now();
      const generation = { startedAt, isRefresh, number: ++last };
      generations.set(ticket, generation);
      return generation;
    },
    refresh() {
      refreshedAt = now();
      replaced = last;
      generations.clear();
    },
    isReplaced: ({ number }) => number <= replaced,
  };
}

/**
 * Maximum age, in seconds, of the data in an answer for this generation. The generation's answers so far are at most this
 * far apart, so that no sheet is half old and half new.
 */
export function maxAgeIn({ startedAt, isRefresh }: Generation, now: number): number {
  return (now - startedAt + (isRefresh ? 0 : lifetimeMs)) / 1000;
}
