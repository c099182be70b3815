/**
 * A least-recently-used cache.
 *
 * The gateway has lru-cache for this. Here its 5 kB (gzip) would be a seventh of what every analyst's Excel loads.
 * @module
 */

export interface BoundedMap<Value> {
  /** Returns the value and marks it as used. */
  readonly get: (key: string) => Value | undefined;
  /** Returns the value without marking it as used. */
  readonly peek: (key: string) => Value | undefined;
  /** Caches a value. A value that weighs more than `maxWeight` is not cached. */
  readonly set: (key: string, value: Value, weight?: number) => void;
}

/** @param maxWeight maximum sum of the weights; without weights, the number of values. */
export function createBoundedMap<Value>(maxWeight: number): BoundedMap<Value> {
  /** In order of use: a Map iterates in the order in which its keys were set. */
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;

  function forget(key: string): void {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    peek: (key) => entries.get(key)?.value,
    set(key, value, weight = 1) {
      forget(key);
      if (weight > maxWeight) return;
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) break;
        forget(oldest);
      }
    },
  };
}
