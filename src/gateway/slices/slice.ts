/**
 * One slice, proven to be complete: the documents of an address and a query, each once.
 * @module
 */
import { findKind } from "../../kalibrate/catalogue/collections.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { violatedClause } from "../../kalibrate/query/check.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { unknownPath } from "../../kalibrate/query/unknown-kind.ts";
import type { FetchList } from "../data-api/elements.ts";
import type { ServerMemory } from "./server-memory.ts";
import { type Pull, readWhole, type Whole } from "./whole-slice.ts";

/** A server with one credential: how to send requests to it, and its observed behaviour. */
export interface Source {
  readonly fetch: FetchList;
  readonly memory: ServerMemory;
  /** Called with the approximate bytes that a slice keeps, as they grow. An error that it throws ends the reading. */
  readonly hold?: ((bytes: number) => void) | undefined;
}

export interface SliceRequest {
  readonly address: SliceAddress;
  /** Clauses that the API's form can express. */
  readonly query: Query;
  /** Maximum number of documents; Infinity for all. */
  readonly maxDocuments: number;
  /** Reading stops, without proof, after this many documents were returned; default: Infinity. */
  readonly enough?: number;
  /** Reduces a document; must keep at least its `identityAttributes`. Undefined leaves the document out. */
  readonly keep: (document: DataDocument) => DataDocument | undefined;
}

/**
 * Iterating over a slice reads it and returns the complete documents as they arrive. Only at the end of the iteration
 * is it certain that none is missing and which are superseded: then `documents` are the slice.
 */
export interface Slice extends AsyncIterable<readonly DataDocument[]> {
  /** Number of documents returned so far. Starts again if a slice must be read once more. */
  readonly count: number;
  /** The kept documents, without superseded ones; empty before the end. */
  readonly documents: readonly DataDocument[];
  /** Number of superseded ones. */
  readonly superseded: number;
  /** Whether they came in the slice's order (newest first if the query has none). */
  readonly isOrdered: boolean;
}

/**
 * Opens a slice; no request is sent before it is iterated over. The iteration throws KalError KAL_UPSTREAM_INVALID if
 * it cannot prove that no document is missing, and for a document that does not pass a filter of the query: then the
 * server has ignored the filter, and no row can be trusted.
 */
export function openSlice(
  { address, query, maxDocuments, enough = Infinity, keep }: SliceRequest,
  source: Source,
): Slice {
  let count = 0;
  let hasDocuments = false;
  let whole: Whole = { documents: [], superseded: 0, isOrdered: false };
  const { path, collection, entityType } = address;

  const read = (from: Pick<Pull, "path" | "query">) =>
    readWhole({
      ...source,
      ...from,
      maxDocuments,
      enough,
      keep(document) {
        hasDocuments = true;
        refuseViolation(from.query, document);
        return keep(document);
      },
      count: (documents) => (count = documents),
    });

  /**
   * `reference/Brand` is a path of its own, as far as we know the API. If it is not, we query the collection for that
   * entity type.
   */
  async function* readAnywhere(): AsyncGenerator<readonly DataDocument[], void> {
    try {
      whole = yield* read({ path, query });
    } catch (error) {
      const isMissing = error instanceof KalError && error.code === "KAL_COLLECTION_UNKNOWN";
      if (!isMissing || entityType === undefined || hasDocuments) throw error;
      const kind = findKind(collection, entityType) ?? entityType;
      const clause = { property: "entityType", operator: "=", value: kind } as const;
      whole = yield* read({ path: `/${collection.name}`, query: [clause, ...query] });
      if (!hasDocuments) throw unknownPath(address) ?? error;
    }
  }

  return {
    [Symbol.asyncIterator]: readAnywhere,
    get count() {
      return count;
    },
    get documents() {
      return whole.documents;
    },
    get superseded() {
      return whole.superseded;
    },
    get isOrdered() {
      return whole.isOrdered;
    },
  };
}

/** Reads a slice to its end. @returns the kept documents. */
export async function readDocuments(slice: Slice): Promise<readonly DataDocument[]> {
  const steps = slice[Symbol.asyncIterator]();
  let isRead = false;
  while (!isRead) isRead = (await steps.next()).done === true;
  return slice.documents;
}

function refuseViolation(query: Query, document: DataDocument): void {
  const clause = violatedClause(query, document);
  if (clause === undefined) return;
  throw new KalError("KAL_UPSTREAM_INVALID", {
    message: `The Kalibrate Data API sent records that do not meet ${formatQuery([clause])}.`,
    hint: `Check “${clause.property}”: the API may ignore a property that it does not know.`,
  });
}
