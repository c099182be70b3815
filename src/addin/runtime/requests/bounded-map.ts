/**
 * A map that forgets what was used longest ago.
 *
 * The gateway has lru-cache for this. Here its 5 kB (gzip) would be a seventh of what every analyst's Excel loads.
 * @module
 */

export interface BoundedMap<Value> {
  /** The value, which counts as used now. */
  readonly get: (key: string) => Value | undefined;
  /** The value, without counting as a use. */
  readonly peek: (key: string) => Value | undefined;
  /** Keeps a value; one that is heavier than the whole map may be is forgotten at once. */
  readonly set: (key: string, value: Value, weight?: number) => void;
}

/** @param maxWeight the sum of the weights that are kept; without weights, the number of values. */
export function createBoundedMap<Value>(maxWeight: number): BoundedMap<Value> {
  /** In the order of their use: a Map keeps the order in which its keys were set. */
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
