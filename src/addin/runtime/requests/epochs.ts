/**
 * Epochs: the span of time within which all cells of a connection see the same data.
 *
 * A refresh begins one, and so does the first call after the last one has grown old. Connecting anew brings another
 * ticket, hence an epoch of its own.
 * @module
 */

export interface Epoch {
  /** Milliseconds since the epoch of the clock. */
  readonly startedAt: number;
  /** Whether somebody asked for new data: then no cache on the way may answer with older ones. */
  readonly isRefresh: boolean;
}

/** Answers stand this long unless somebody refreshes. Milliseconds. */
const lifetime = 300_000;

export interface Epochs {
  /** The epoch that a call made now with this ticket belongs to. */
  readonly current: (ticket: string) => Epoch;
  /** Begins a new one for all connections: everything asked for from now on is pulled anew. */
  readonly refresh: () => void;
}

export function createEpochs(now: () => number): Epochs {
  const epochs = new Map<string, Epoch>();
  let refreshedAt: number | undefined;

  return {
    current(ticket) {
      const known = epochs.get(ticket);
      if (known && now() - known.startedAt < lifetime) return known;
      const isRefresh = refreshedAt !== undefined && now() - refreshedAt < lifetime;
      const epoch = { startedAt: isRefresh && refreshedAt !== undefined ? refreshedAt : now(), isRefresh };
      epochs.set(ticket, epoch);
      return epoch;
    },
    refresh() {
      refreshedAt = now();
      epochs.clear();
    },
  };
}

/** Greatest age in seconds of what a cache may answer with in this epoch; undefined: as old as it likes to keep. */
export function maxAgeIn(epoch: Epoch, now: number): number | undefined {
  // A clock that is put right may go back.
  return epoch.isRefresh ? Math.max(0, now - epoch.startedAt) / 1000 : undefined;
}
