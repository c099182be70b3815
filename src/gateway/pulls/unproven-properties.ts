/**
 * Properties of a query that only the records can prove: a slip of the pen must not look like an empty table, nor an
 * unfiltered one like what was asked for.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { Document } from "../../kalibrate/documents/document.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import {
  proofQuery,
  unknownProperty,
  unprovenClauses,
  withoutProven,
} from "../../kalibrate/query/properties.ts";
import { pullSlice, type Source } from "./pull-slice.ts";
import { documentedPage } from "./reading.ts";

export interface UnprovenProperties {
  /** Takes note of what a pull brings. */
  readonly look: (documents: readonly Document[]) => void;
  /**
   * To be called when the pull has ended. Where it brought nothing, the same slice is asked for without the doubtful
   * clauses; where that is empty too, nothing can be said.
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
  const look = (documents: readonly Document[]) => {
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
      if (seen === 0)
        await pullSlice(address, proofQuery(query, unproven), documentedPage, source, {
          keep: (document) => document,
          look,
        });
      const unknown = seen > 0 ? unknownProperty(left, address.collection) : undefined;
      if (unknown) throw unknown;
    },
  };
}
