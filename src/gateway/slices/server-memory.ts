/**
 * The observed behaviour of a server in the last ten minutes, per credential and path, so that not every slice has to
 * find it out.
 * @module
 */
import { LRUCache } from "lru-cache";

/** Milliseconds after which an observation is no longer used. */
const maxAgeMs = 600_000;

/** Slices and paths; enough for whole organisations. */
const maxFindings = 10_000;

/** What was requested: everything (`limit=0`), or up to a number of elements. */
export type Asked = "everything" | "some";

export interface ServerMemory {
  /** Whether the path did not return everything for `limit=0`. */
  refusesUnlimited(path: string): boolean;
  noteRefusal(path: string): void;
  /** Whether the path returned several documents with one identity. */
  repeatsIdentities(path: string): boolean;
  noteRepeats(path: string): void;
  /** Whether the path supports a filter by the id of that reference; undefined: unknown. */
  understands(path: string, reference: string): boolean | undefined;
  noteUnderstanding(path: string, reference: string, isUnderstood: boolean): void;
  /**
   * The largest number of elements seen in one answer; 0 if unknown. The server's limit is not lower; whether it is
   * exactly this is unknown.
   */
  reach(path: string, asked: Asked): number;
  noteReach(path: string, asked: Asked, elements: number): void;
  /** Number of documents in the slice when it was last pulled completely; 0 if unknown. */
  size(path: string, query: string): number;
  noteSize(path: string, query: string, documents: number): void;
}

/**
 * @param now milliseconds on the steady clock.
 * @returns the memory for one owner: another owner may see other slices.
 */
export function createServerMemories(now: () => number): (owner: string) => ServerMemory {
  const findings = new LRUCache<string, { readonly value: number; readonly at: number }>({
    max: maxFindings,
  });
  return (owner) => {
    const recall = (...key: string[]) => {
      const known = findings.get(JSON.stringify([owner, ...key]));
      return known && now() - known.at < maxAgeMs ? known.value : undefined;
    };
    const note = (value: number, ...key: string[]) =>
      void findings.set(JSON.stringify([owner, ...key]), { value, at: now() });
    return {
      refusesUnlimited: (path) => recall("refuses", path) !== undefined,
      noteRefusal: (path) => note(0, "refuses", path),
      repeatsIdentities: (path) => recall("repeats", path) !== undefined,
      noteRepeats: (path) => note(0, "repeats", path),
      understands(path, reference) {
        const value = recall("understands", path, reference);
        return value === undefined ? undefined : value === 1;
      },
      noteUnderstanding: (path, reference, isUnderstood) =>
        note(isUnderstood ? 1 : 0, "understands", path, reference),
      size: (path, query) => recall("size", path, query) ?? 0,
      noteSize: (path, query, documents) => note(documents, "size", path, query),
      reach: (path, asked) => recall("reach", asked, path) ?? 0,
      noteReach(path, asked, elements) {
        if (elements >= this.reach(path, asked)) note(elements, "reach", asked, path);
      },
    };
  };
}
