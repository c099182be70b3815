/**
 * Stores sealed entries until they expire.
 *
 * The interface is small on purpose: every method is one command of a key-value server, nothing can be listed, and
 * `replace` and `extend` never bring back an entry that was deleted meanwhile.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";

export interface Entry {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface Store {
  get(key: string): Promise<Entry | undefined>;
  /**
   * Adds an entry, or overwrites the one with this key.
   * @throws KalError KAL_THROTTLED if the store is full: we never drop an entry that has not expired.
   */
  set(key: string, entry: Entry): Promise<void>;
  /** Replaces an entry's value and keeps its expiry. @returns false if there is none. */
  replace(key: string, value: string): Promise<boolean>;
  /** Changes an entry's expiry. @returns false if there is none. */
  extend(key: string, expiresAt: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** @throws if something could not be written. */
  close(): Promise<void>;
}

/** An entry is under 2 kB. */
export const maxEntries = 10_000;

/** Drops expired entries if the store is full. @throws KalError KAL_THROTTLED if none has expired. */
export function makeRoom(entries: Map<string, Entry>, now: number): void {
  if (entries.size < maxEntries) return;
  for (const [key, entry] of entries) if (entry.expiresAt <= now) entries.delete(key);
  if (entries.size >= maxEntries) throw storeFull();
}

export function storeFull(cause?: unknown): KalError {
  return new KalError("KAL_THROTTLED", {
    message: "The KAL service has no room for another session.",
    hint: "Try again in a few minutes; if this persists, tell your administrator.",
    retryAfter: 300,
    cause,
  });
}
