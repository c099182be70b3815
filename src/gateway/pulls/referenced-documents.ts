/**
 * Documents that other documents refer to: each collection is pulled once, kept for a while and shared.
 * @module
 */
import { LRUCache } from "lru-cache";
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type Document, entityIdOf } from "../../kalibrate/documents/document.ts";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { ReferenceTarget } from "../../kalibrate/documents/references.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { pages } from "./paging.ts";

/** A referenced collection as pulled: its documents by entity id, and when it was asked for. */
export interface ReferenceIndex {
  readonly documents: ReadonlyMap<string, Document>;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

/** Fetches one page of a path: the connection and its token are the caller's business. */
export type FetchPath = (path: string, encodedQuery: string) => Promise<unknown>;

export interface ReferencedDocuments {
  /**
   * The documents of a target, at most `maxAge` seconds old.
   * @param owner says whose data it is: nothing is shared between two credentials.
   */
  get(owner: string, target: ReferenceTarget, maxAge: number, fetch: FetchPath): Promise<ReferenceIndex>;
}

/** Documents of over a hundred keys take about 3 kB each: this many stay below some 100 MB. */
const mostDocuments = 30_000;

interface Entry {
  readonly index: Promise<ReferenceIndex>;
  readonly started: number;
}

export function createReferencedDocuments(now: () => number): ReferencedDocuments {
  const entries = new LRUCache<string, Entry>({ maxSize: mostDocuments, max: 1000 });

  return {
    get(owner, target, maxAge, fetch) {
      const key = JSON.stringify([owner, target.collection, target.variant ?? ""]);
      const known = entries.get(key);
      if (known && now() - known.started < maxAge * 1000) return known.index;
      const started = now();
      const index = pullIndex(target, started, fetch);
      const entry = { index, started };
      entries.set(key, entry, { size: 1 });
      index.then(
        ({ documents }) => {
          // Weighed only now that the size is known; one that is too heavy is used once and not kept.
          if (entries.peek(key) === entry) entries.set(key, entry, { size: 1 + documents.size });
        },
        () => {
          if (entries.peek(key) === entry) entries.delete(key);
        },
      );
      return index;
    },
  };
}

async function pullIndex(target: ReferenceTarget, asOf: number, fetch: FetchPath): Promise<ReferenceIndex> {
  const { path } = parseSliceAddress(target.collection);
  const query: Query =
    target.variant === undefined ? [] : [{ property: "entityVariant", operator: "=", value: target.variant }];
  const documents = new Map<string, Document>();
  try {
    for await (const page of pages((encoded) => fetch(path, encoded), query, Infinity)) {
      for (const document of page) {
        const id = entityIdOf(document);
        if (id !== undefined) documents.set(id, document);
      }
    }
  } catch (error) {
    if (!(error instanceof KalError && refusals.has(error.code))) throw error;
  }
  return { documents, asOf };
}

/**
 * A collection that is not there or not for these credentials leaves its names empty; an outage is an error, else
 * a table with half its names would look like a whole one.
 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_COLLECTION_UNKNOWN",
  "KAL_FORBIDDEN",
  "KAL_QUERY_INVALID",
]);
