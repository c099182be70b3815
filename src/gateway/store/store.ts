/**
 * Where sealed entries live until they expire.
 *
 * Small on purpose: every method is one command of a key-value server, nothing can be listed, and an entry that
 * somebody deleted meanwhile is never brought back by `replace` or `extend`.
 * @module
 */

export interface Entry {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface Store {
  get(key: string): Promise<Entry | undefined>;
  /** Puts an entry, in place of one that may be there. */
  set(key: string, entry: Entry): Promise<void>;
  /** Gives an entry another value and leaves its end alone. @returns false when there is none. */
  replace(key: string, value: string): Promise<boolean>;
  /** Moves an entry's end. @returns false when there is none. */
  extend(key: string, expiresAt: number): Promise<boolean>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
