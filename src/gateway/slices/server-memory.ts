/**
 * How a server was seen to behave in the last ten minutes, per credential and path, so that not every slice has to find
 * it out.
 * @module
 */
import { LRUCache } from "lru-cache";

/** Milliseconds after which a finding is no longer used. */
const maxAgeMs = 600_000;

/** Slices and paths of whole organisations. */
const maxFindings = 10_000;

/** What an answer was asked for: everything (`limit=0`), or up to a number of elements. */
export type Asked = "everything" | "some";

export interface ServerMemory {
  /** Whether the path was found not to give everything for `limit=0`. */
  refusesUnlimited(path: string): boolean;
  noteRefusal(path: string): void;
  /** Whether the path was found to hold several documents of one identity. */
  repeatsIdentities(path: string): boolean;
  noteRepeats(path: string): void;
  /** Whether the path was found to understand a filter by the id of that reference; undefined: not known. */
  understands(path: string, reference: string): boolean | undefined;
  noteUnderstanding(path: string, reference: string, isUnderstood: boolean): void;
  /**
   * The largest number of elements seen in one answer; 0 where nothing is known. The server cuts no answer below it;
   * whether it cuts exactly there is not known.
   */
  reach(path: string, asked: Asked): number;
  noteReach(path: string, asked: Asked, elements: number): void;
  /** How many documents the slice held when it was last pulled whole; 0 where nothing is known. */
  size(path: string, query: string): number;
  noteSize(path: string, query: string, documents: number): void;
}

/**
 * @param now milliseconds by the steady clock.
 * @returns the memory of one owner's view of a server: another one may see other slices.
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
