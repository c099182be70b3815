/**
 * Pulls what a slice's address and query name, checked against the query.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { Document } from "../../kalibrate/documents/document.ts";
import { identityAttributes } from "../../kalibrate/documents/identity.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { violatedClause } from "../../kalibrate/query/check.ts";
import { controlNumber, type Query } from "../../kalibrate/query/clauses.ts";
import { canBeSent, formatQuery } from "../../kalibrate/query/format.ts";
import { matcher } from "../../kalibrate/query/matches.ts";
import { unknownPath } from "../../kalibrate/query/unknown-kind.ts";
import type { FetchElements } from "../data-api/elements.ts";
import type { Collector } from "./documents-met.ts";
import { newestFirst } from "./page-query.ts";
import { type Pull, pull, type Slice } from "./pull.ts";
import { keep } from "./row-documents.ts";
import type { ServerMemory } from "./server-memory.ts";

/** A server, and how it was seen to behave with these credentials. */
export interface Source {
  readonly fetch: FetchElements;
  readonly memory: ServerMemory;
}

/**
 * Pulls the documents of a slice as `pull` does. Filters that the API's form cannot carry are answered here: the slice
 * is pulled without them, and of what passes them as much is taken as is wanted.
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
  const tests = query.filter((clause) => !canBeSent(clause)).map(matcher);
  if (tests.length === 0) return pullSent(address, query, wanted, source, collector);
  const start = controlNumber(query, "offset") ?? 0;
  const sent = query.filter((clause) => canBeSent(clause) && !cuts.has(clause.property));
  // Which documents come first has to be known before the others are left out.
  const needsOrder = (wanted < Infinity || start > 0) && !sent.some(({ property }) => orders.has(property));
  const passing = new WeakSet<Document>();
  const passes = (document: Document) => tests.every((test) => test(document));
  let count = 0;
  const slice = await pullSent(address, needsOrder ? [...sent, ...newestFirst] : sent, Infinity, source, {
    keep(document) {
      if (!passes(document)) return keep(document, identityAttributes);
      const kept = collector.keep(document);
      passing.add(kept);
      return kept;
    },
    look(documents) {
      const some = documents.filter(passes);
      count += some.length;
      if (some.length > 0) collector.look?.(some, count);
    },
  });
  const documents = slice.documents.filter((document) => passing.has(document));
  return { ...slice, documents: documents.slice(start, start + wanted) };
}

const cuts: ReadonlySet<string> = new Set(["limit", "offset"]);
const orders: ReadonlySet<string> = new Set(["orderBy", "direction"]);

/**
 * `reference/Brand` is a path of its own in all that is known of the API; where it is not, the collection is asked for
 * that entity type.
 */
async function pullSent(
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
