/**
 * Properties of a query that only records can prove: a mistyped name must not look like an empty table, and a filter
 * ignored by the API must not look applied.
 * @module
 */
import { findAttribute } from "../../kalibrate/catalogue/attributes.ts";
import type { Collection } from "../../kalibrate/catalogue/collections.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import {
  proofQuery,
  type Unproven,
  unknownProperty,
  unprovenClauses,
  withoutProven,
} from "../../kalibrate/query/properties.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { documentedPage } from "../slices/read-pages.ts";
import type { Slice, Source } from "../slices/slice.ts";
import { basedOn, openPlan } from "./open-plan.ts";
import { planSlice } from "./slice-plan.ts";

/** A query's own filters, and those through references. */
interface Filters {
  readonly own: Query;
  readonly references: readonly Unproven[];
}

/**
 * The slice, with the certainty at the end of its iteration that each property of the query exists: if the slice is
 * empty, it is requested without the unproven clauses; if that is empty as well, nothing can be said. The iteration also
 * throws KalError KAL_QUERY_INVALID for a property that no record has.
 */
export function withProof(
  slice: Slice,
  address: SliceAddress,
  { own, references }: Filters,
  source: Source,
): Slice {
  const { collection } = address;
  const unproven = unprovenIn({ own, references }, collection);
  if (unproven.length === 0) return slice;

  async function* read() {
    let left: readonly Unproven[] = unproven;
    let seen = 0;
    const look = (documents: readonly DataDocument[]) => {
      seen += documents.length;
      for (const document of documents) {
        if (left.length === 0) return;
        left = withoutProven(left, document);
      }
    };
    for await (const documents of slice) {
      look(documents);
      yield documents;
    }
    if (left.length === 0) return;
    if (seen === 0) {
      const proof = planSlice({ address, query: proofQuery(own, unproven), maxDocuments: documentedPage });
      for await (const documents of openPlan(proof, source, (document) => document)) look(documents);
    }
    const unknown = seen > 0 ? unknownProperty(left, collection) : undefined;
    if (unknown) throw unknown;
  }

  return basedOn(slice, { [Symbol.asyncIterator]: read });
}

/** What only records can prove to exist: properties, and references that the catalogue does not have here. */
export function unprovenIn({ own, references }: Filters, collection: Collection): readonly Unproven[] {
  const others = references.flatMap(({ clause, path: [name = ""] }) =>
    findAttribute(collection.name, name) ? [] : [{ clause, path: [name] }],
  );
  return [...unprovenClauses(own, collection), ...others];
}
