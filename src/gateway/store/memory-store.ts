/**
 * A store that loses everything when the process ends.
 * @module
 */
import { type Entry, makeRoom, type Store } from "./store.ts";

/** @param now milliseconds since the epoch. */
export function createMemoryStore(now: () => number): Store {
  const entries = new Map<string, Entry>();

  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const change = (key: string, change: Partial<Entry>): boolean => {
    const entry = live(key);
    if (entry !== undefined) entries.set(key, { ...entry, ...change });
    return entry !== undefined;
  };

  return {
    get: async (key) => live(key),
    set: async (key, entry) => {
      makeRoom(entries, now());
      entries.set(key, entry);
    },
    replace: async (key, value) => change(key, { value }),
    extend: async (key, expiresAt) => change(key, { expiresAt }),
    delete: async (key) => void entries.delete(key),
    close: async () => entries.clear(),
  };
}
