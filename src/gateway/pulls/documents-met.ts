/**
 * The documents that a pull has met, each once.
 * @module
 */
import { type Document, documentKey, readDocument } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";

/** What a list of elements held. */
export interface Met {
  /** One key for each document, in the list's order, met before or not. */
  readonly keys: readonly string[];
  /** Elements of the list, nulls included. */
  readonly elements: number;
}

export interface DocumentsMet {
  /** How many documents there are so far. */
  readonly count: number;
  /** How many null elements stood between them, repeated ones counted again. */
  readonly nulls: number;
  /** Whether some document has no id: it can neither be told from others nor be met again. */
  readonly nameless: boolean;
  /**
   * Notes the elements and hands on the documents among them that are new, as long as any are wanted.
   * @throws KalError KAL_UPSTREAM_INVALID for an element that is no record, which would look like no rows.
   */
  add(elements: readonly unknown[]): Met;
}

/** @param wanted how many documents are handed on at most. */
export function createDocumentsMet(
  wanted: number,
  handOn: (documents: readonly Document[]) => void,
): DocumentsMet {
  const seen = new Set<string>();
  let nulls = 0;
  let nameless = 0;

  return {
    get count() {
      return seen.size;
    },
    get nulls() {
      return nulls;
    },
    get nameless() {
      return nameless > 0;
    },
    add(elements) {
      const keys: string[] = [];
      const fresh: Document[] = [];
      for (const element of elements) {
        if (element === null) {
          nulls += 1;
          continue;
        }
        const document = readDocument(element);
        if (document === undefined) throw noRecords();
        const key = documentKey(document) ?? `#${(nameless += 1)}`;
        keys.push(key);
        if (seen.has(key)) continue;
        if (seen.size < wanted) fresh.push(document);
        seen.add(key);
      }
      if (fresh.length > 0) handOn(fresh);
      return { keys, elements: elements.length };
    },
  };
}

/** The key of the first document of a list; undefined where it has none. */
export function firstKey(elements: readonly unknown[]): string | undefined {
  const document = readDocument(elements.find((element) => element !== null));
  return document && documentKey(document);
}

function noRecords(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API answered with a list of something that is no record.",
  });
}
