/**
 * Where sealed entries live until they expire.
 *
 * Small on purpose: every method is one command of a key-value server, nothing can be listed, and an entry that
 * somebody deleted meanwhile is never brought back by `replace` or `extend`.
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
   * Puts an entry, in place of one that may be there.
   * @throws KalError KAL_THROTTLED where there is no room: a living entry is never given up for a new one.
   */
  set(key: string, entry: Entry): Promise<void>;
  /** Gives an entry another value and leaves its end alone. @returns false when there is none. */
  replace(key: string, value: string): Promise<boolean>;
  /** Moves an entry's end. @returns false when there is none. */
  extend(key: string, expiresAt: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** @throws where something could not be written. */
  close(): Promise<void>;
}

/** An entry takes under 2 kB. */
export const maxEntries = 10_000;

/** Drops expired entries where there is no room for another. @throws KalError KAL_THROTTLED where all are alive. */
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
