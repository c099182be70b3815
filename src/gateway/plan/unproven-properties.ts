/**
 * Properties of a query that only records can prove: a mistyped name must not look like an empty table, and a filter
 * ignored by the API must not look applied.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import {
  proofQuery,
  unknownProperty,
  unprovenClauses,
  withoutProven,
} from "../../kalibrate/query/properties.ts";
import { documentedPage } from "../slices/read-pages.ts";
import type { Source } from "../slices/slice.ts";
import { openPlan } from "./open-plan.ts";
import { planSlice } from "./slice-plan.ts";

export interface UnprovenProperties {
  /** Call this with the slice's documents as they arrive. */
  readonly look: (documents: readonly DataDocument[]) => void;
  /**
   * Call this when the slice is read. If it is empty, requests it without the unproven clauses; if that is empty as
   * well, nothing can be said.
   * @throws KalError KAL_QUERY_INVALID for a property that no record has.
   */
  readonly refuse: () => Promise<void>;
}

export function createUnprovenProperties(
  address: SliceAddress,
  query: Query,
  source: Source,
): UnprovenProperties {
  const unproven = unprovenClauses(query, address.collection);
  let left = unproven;
  let seen = 0;
  const look = (documents: readonly DataDocument[]) => {
    seen += documents.length;
    for (const document of documents) {
      if (left.length === 0) return;
      left = withoutProven(left, document);
    }
  };
  return {
    look,
    async refuse() {
      if (left.length === 0) return;
      if (seen === 0) {
        const proof = planSlice({ address, query: proofQuery(query, unproven), wanted: documentedPage });
        for await (const documents of openPlan(proof, source, (document) => document)) look(documents);
      }
      const unknown = seen > 0 ? unknownProperty(left, address.collection) : undefined;
      if (unknown) throw unknown;
    },
  };
}
