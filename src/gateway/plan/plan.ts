/**
 * Plans a query: reads its values, resolves its references, then divides it between the API and the gateway.
 * @module
 */
import { attributeAt } from "../../kalibrate/catalogue/attributes.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type DataDocument, memberOf } from "../../kalibrate/documents/document.ts";
import { pathOf } from "../../kalibrate/names.ts";
import type { Clause, Query } from "../../kalibrate/query/clauses.ts";
import type { Slice, Source } from "../slices/slice.ts";
import { openPlan } from "./open-plan.ts";
import {
  type GetReferenced,
  type ReferenceFilter,
  type ReferencePath,
  referencePathOf,
  resolveFilter,
} from "./reference-filters.ts";
import { type Asker, askForRecord, kindClause } from "./sample-records.ts";
import { describeLocalFilters, planSlice } from "./slice-plan.ts";
import { readValuesByType } from "./typed-query.ts";
import { understandsReference } from "./understood-references.ts";
import { withProof } from "./unproven-properties.ts";

export interface Plan {
  /** With its values read by type. */
  readonly query: Query;
  /** The query without its filters through references. */
  readonly own: Query;
  /** Its filters through references. */
  readonly references: readonly ReferenceFilter[];
  /** Milliseconds since the epoch of the oldest referenced data that the plan uses; Infinity if it uses none. */
  readonly asOf: number;
  /** What the API is sent, and the filters that the gateway applies, as text. */
  readonly sent: readonly Query[];
  readonly filteredHere: string;
  /**
   * Opens the slice. At the end of its iteration it is certain that each property of the query exists.
   * @param keep reduces a document; must keep at least its `identityAttributes`.
   * @param pulled the slice, if its documents have been pulled before.
   */
  open(source: Source, keep: (document: DataDocument) => DataDocument, pulled?: Slice): Slice;
}

/**
 * @param maxDocuments maximum number of documents; Infinity for all.
 * @throws KalError KAL_QUERY_INVALID for a value that its property's type forbids; KAL_NO_ROWS if a filter through a
 * reference selects no entity; see resolveFilter.
 */
export async function planQuery(
  address: SliceAddress,
  written: Query,
  maxDocuments: number,
  asker: Asker & { readonly getReferenced: GetReferenced },
): Promise<Plan> {
  const query = await readValuesByType(address, written, asker);
  const own: Clause[] = [];
  const through: { readonly clause: Clause; readonly path: ReferencePath }[] = [];
  for (const clause of query) {
    const path = referencePathOf(clause, address.collection.name);
    if (path && !(await isEmbedded(clause, path, address, query, asker))) through.push({ clause, path });
    else own.push(clause);
  }
  const variant = kindClause(address, query)?.value;
  const references = await Promise.all(
    through.map(({ clause, path }) => resolveFilter(clause, path, variant, asker.getReferenced)),
  );
  const understood = await findUnderstood(address, references, query, asker);
  const slice = planSlice({ address, query: own, references, understood, maxDocuments });
  return {
    query,
    own,
    references,
    asOf: Math.min(...references.map(({ asOf }) => asOf)),
    sent: slice.sent,
    filteredHere: describeLocalFilters(slice),
    open: (source, keep, pulled = openPlan(slice, source, keep)) =>
      withProof(pulled, address, { own, references }, source),
  };
}

/**
 * Whether the documents themselves contain a field that the catalogue knows neither in them nor in their references.
 */
async function isEmbedded(
  { property }: Clause,
  { reference, rest }: ReferencePath,
  address: SliceAddress,
  query: Query,
  asker: Asker,
): Promise<boolean> {
  if (attributeAt(reference.collection, rest)) return false;
  const record = await askForRecord(address, query, asker);
  return record !== undefined && pathOf(property).reduce<unknown>(memberOf, record.data) !== undefined;
}

async function findUnderstood(
  address: SliceAddress,
  references: readonly ReferenceFilter[],
  query: Query,
  asker: Asker,
): Promise<ReadonlySet<string>> {
  const attributes = references.flatMap(({ path: [first = "", ...further], isNegated }) =>
    isNegated || further.length > 0 ? [] : [first],
  );
  const understood = await Promise.all(
    [...new Set(attributes)].map(async (attribute) => ({
      attribute,
      isUnderstood: await understandsReference(address, attribute, query, asker),
    })),
  );
  return new Set(understood.filter(({ isUnderstood }) => isUnderstood).map(({ attribute }) => attribute));
}
