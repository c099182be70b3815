/**
 * What a query comes to: the slice that the API is asked for, and what is left to us.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { controlNumber, type Query } from "../../kalibrate/query/clauses.ts";
import { canBeSent } from "../../kalibrate/query/format.ts";
import { matcher } from "../../kalibrate/query/matches.ts";
import { openSlice, type Slice, type Source } from "../slices/slice.ts";
import { newestFirst } from "../slices/slice-query.ts";

export interface SlicePlan {
  readonly address: SliceAddress;
  /** What the API is asked for. */
  readonly sent: Query;
  /** Filters that the API's form cannot carry: answered here, on the slice that was sent for. */
  readonly here: Query;
  /** How many of the documents that pass are passed over, and how many are taken; Infinity for all. */
  readonly start: number;
  readonly wanted: number;
}

/** @param wanted how many documents at most; Infinity for all. */
export function planSlice(address: SliceAddress, query: Query, wanted: number): SlicePlan {
  const here = query.filter((clause) => !canBeSent(clause));
  if (here.length === 0) return { address, sent: query, here, start: 0, wanted };
  const start = controlNumber(query, "offset") ?? 0;
  const sent = query.filter((clause) => canBeSent(clause) && !cuts.has(clause.property));
  // Which documents come first has to be known before the others are left out.
  const needsOrder = (wanted < Infinity || start > 0) && !sent.some(({ property }) => orders.has(property));
  return { address, sent: needsOrder ? [...sent, ...newestFirst] : sent, here, start, wanted };
}

const cuts: ReadonlySet<string> = new Set(["limit", "offset"]);
const orders: ReadonlySet<string> = new Set(["orderBy", "direction"]);

/**
 * The slice of a plan, with the filters that are answered here.
 * @param keep what is kept of a document: at least its `identityAttributes`.
 */
export function openPlan(
  plan: SlicePlan,
  source: Source,
  keep: (document: DataDocument) => DataDocument,
): Slice {
  const { address, sent, here, start, wanted } = plan;
  if (here.length === 0) return openSlice({ address, query: sent, wanted, keep }, source);
  const tests = here.map(matcher);
  const slice = openSlice(
    {
      address,
      query: sent,
      wanted: Infinity,
      keep: (document) => (tests.every((test) => test(document)) ? keep(document) : undefined),
    },
    source,
  );
  return {
    [Symbol.asyncIterator]: () => slice[Symbol.asyncIterator](),
    get count() {
      return slice.count;
    },
    get documents() {
      return slice.documents.slice(start, start + wanted);
    },
    get superseded() {
      return slice.superseded;
    },
    get isOrdered() {
      return slice.isOrdered;
    },
  };
}
