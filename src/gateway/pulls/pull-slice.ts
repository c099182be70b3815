/**
 * Pulls what a slice's address and query name, checked against the query.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { Document } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { violatedClause } from "../../kalibrate/query/check.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { unknownPath } from "../../kalibrate/query/unknown-kind.ts";
import type { FetchElements } from "../data-api/elements.ts";
import type { Collector } from "./documents-met.ts";
import { type Pull, pull, type Slice } from "./pull.ts";
import type { ServerMemory } from "./server-memory.ts";

/** A server, and how it was seen to behave with these credentials. */
export interface Source {
  readonly fetch: FetchElements;
  readonly memory: ServerMemory;
}

/**
 * Pulls the documents of a slice as `pull` does.
 *
 * `reference/Brand` is a path of its own in all that is known of the API; where it is not, the collection is asked for
 * that entity type.
 * @throws KalError as `pull`; KAL_UPSTREAM_INVALID for a document that does not pass a filter of the query: then the
 * server has not understood it, and no row can be trusted.
 */
export async function pullSlice(
  address: SliceAddress,
  query: Query,
  wanted: number,
  source: Source,
  collector: Collector,
): Promise<Slice> {
  const { path, collection, entityType } = address;
  let taken = 0;
  const from = (asked: Pick<Pull, "path" | "query">) =>
    pull(
      { ...source, ...asked, wanted },
      {
        keep: collector.keep,
        look: (documents, count) => {
          for (const document of documents) refuseViolation(asked.query, document);
          taken += documents.length;
          collector.look?.(documents, count);
        },
      },
    );
  try {
    return await from({ path, query });
  } catch (error) {
    const missing = error instanceof KalError && error.code === "KAL_COLLECTION_UNKNOWN";
    if (!missing || entityType === undefined || taken > 0) throw error;
    const name = collection.kinds.find((kind) => kind.toLowerCase() === entityType.toLowerCase());
    const clause = { property: "entityType", operator: "=", value: name ?? entityType } as const;
    const outcome = await from({ path: `/${collection.name}`, query: [clause, ...query] });
    if (taken === 0) throw unknownPath(address) ?? error;
    return outcome;
  }
}

function refuseViolation(query: Query, document: Document): void {
  const clause = violatedClause(query, document);
  if (clause === undefined) return;
  throw new KalError("KAL_UPSTREAM_INVALID", {
    message: `The Kalibrate Data API gave records that do not pass ${formatQuery([clause])}.`,
    hint: `Check “${clause.property}”: a property that the API does not know may be passed over.`,
  });
}
