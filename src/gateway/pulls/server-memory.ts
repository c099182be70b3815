/**
 * What was found out about a server not long ago, so that it need not be found out for every pull.
 *
 * None of it is taken for granted: it decides what is asked first, and which proof was just given.
 * @module
 */
import { LRUCache } from "lru-cache";

/** Milliseconds after which a finding is old. */
const lifetime = 600_000;

/** Slices and paths of whole organisations. */
const most = 10_000;

export interface ServerMemory {
  /** Whether the path was found not to give everything for `limit=0`. */
  refusesUnlimited(path: string): boolean;
  noteRefusal(path: string): void;
  /** How many documents the slice was proven to hold; undefined where nothing is known. */
  provenCount(path: string, query: string): number | undefined;
  noteProof(path: string, query: string, count: number): void;
}

/**
 * @param now milliseconds since the epoch.
 * @returns the memory of one owner's view of a server: another one may see other slices.
 */
export function createServerMemories(now: () => number): (owner: string) => ServerMemory {
  const findings = new LRUCache<string, { readonly value: number; readonly at: number }>({ max: most });
  return (owner) => {
    const recall = (...key: string[]) => {
      const known = findings.get(JSON.stringify([owner, ...key]));
      return known && now() - known.at < lifetime ? known.value : undefined;
    };
    const note = (value: number, ...key: string[]) =>
      void findings.set(JSON.stringify([owner, ...key]), { value, at: now() });
    return {
      refusesUnlimited: (path) => recall(path) !== undefined,
      noteRefusal: (path) => note(0, path),
      provenCount: (path, query) => recall(path, query),
      noteProof: (path, query, count) => note(count, path, query),
    };
  };
}
