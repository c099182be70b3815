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
      const pulled = pullIndex(target, started, fetch);
      const index = pulled.catch((error: unknown) => {
        if (error instanceof KalError && refusals.has(error.code))
          return { documents: nothing, asOf: started };
        throw error;
      });
      const entry = { index, started };
      entries.set(key, entry, { size: 1 });
      // What failed or was refused is asked for anew; what was pulled is weighed only now that its size is known, and
      // one that is too heavy is used once and not kept.
      const keep = (size: number) => {
        if (entries.peek(key) !== entry) return;
        if (size > 0) entries.set(key, entry, { size });
        else entries.delete(key);
      };
      pulled.then(
        ({ documents }) => keep(1 + documents.size),
        () => keep(0),
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
  for await (const page of pages((encoded) => fetch(path, encoded), query, Infinity)) {
    for (const document of page) keepNewest(documents, document);
  }
  return { documents, asOf };
}

/** Of several versions of an entity the newest counts. */
function keepNewest(documents: Map<string, Document>, document: Document): void {
  const id = entityIdOf(document);
  if (id === undefined) return;
  const known = documents.get(id);
  if (known === undefined || versionOf(document) > versionOf(known)) documents.set(id, document);
}

function versionOf({ id }: Document): number {
  const version = Number(id["entityVersion"]);
  return Number.isFinite(version) ? version : -1;
}

const nothing: ReadonlyMap<string, Document> = new Map();

/**
 * A collection that is not there or not for these credentials leaves its names empty; an outage is an error, else
 * a table with half its names would look like a whole one.
 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_COLLECTION_UNKNOWN",
  "KAL_FORBIDDEN",
  "KAL_QUERY_INVALID",
]);
