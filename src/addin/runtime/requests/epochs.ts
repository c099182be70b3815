/**
 * Epochs: the span of time within which all cells of a connection see the same data.
 *
 * A refresh begins one, and so does the first call after the last one has grown old. Connecting anew brings another
 * ticket, hence an epoch of its own.
 * @module
 */

export interface Epoch {
  /** Milliseconds by the steady clock. */
  readonly startedAt: number;
  /** Whether somebody asked for new data: then no cache on the way may answer with older ones. */
  readonly isRefresh: boolean;
  /** Greater than that of every epoch before. */
  readonly number: number;
}

/** Answers stand this long unless somebody refreshes. Milliseconds. */
const lifetime = 300_000;

export interface Epochs {
  /** The epoch that a call made now with this ticket belongs to. */
  readonly current: (ticket: string) => Epoch;
  /** Begins a new one for all connections: everything asked for from now on is pulled anew. */
  readonly refresh: () => void;
  /** Whether somebody has refreshed since: what belongs to the epoch is not wanted any more. One that ages is. */
  readonly isReplaced: (epoch: Epoch) => boolean;
}

/** @param now the steady clock */
export function createEpochs(now: () => number): Epochs {
  const epochs = new Map<string, Epoch>();
  let refreshedAt: number | undefined;
  let last = 0;
  let replaced = 0;

  const isYoung = (startedAt: number) => now() - startedAt < lifetime;

  return {
    current(ticket) {
      const known = epochs.get(ticket);
      if (known && isYoung(known.startedAt)) return known;
      const isRefresh = refreshedAt !== undefined && isYoung(refreshedAt);
      const startedAt = isRefresh && refreshedAt !== undefined ? refreshedAt : now();
      const epoch = { startedAt, isRefresh, number: ++last };
      epochs.set(ticket, epoch);
      return epoch;
    },
    refresh() {
      refreshedAt = now();
      replaced = last;
      epochs.clear();
    },
    isReplaced: ({ number }) => number <= replaced,
  };
}

/** Greatest age in seconds of what a cache may answer with in this epoch; undefined: as old as it likes to keep. */
export function maxAgeIn(epoch: Epoch, now: number): number | undefined {
  return epoch.isRefresh ? (now - epoch.startedAt) / 1000 : undefined;
}
