/**
 * Divides a query into the requests to the API and the filters that the gateway applies.
 * @module
 */
import { findAttribute } from "../../kalibrate/catalogue/attributes.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { controlNumber, type Clause, filtersOf, isList, type Query } from "../../kalibrate/query/clauses.ts";
import { canBeSent, formatQuery } from "../../kalibrate/query/format.ts";
import { writePath } from "../../kalibrate/names.ts";
import { valuesOf } from "../../kalibrate/query/value-list.ts";
import { newestFirst } from "../slices/slice-query.ts";
import type { ReferenceFilter } from "./reference-filters.ts";

/** A filter that the gateway applies: a clause that the API's form cannot express, or one through a reference. */
export type LocalFilter = Clause | ReferenceFilter;

export interface SlicePlan {
  readonly address: SliceAddress;
  /** The query to send, or several that differ in one value and whose documents are combined. */
  readonly sent: readonly [Query, ...Query[]];
  /** Filters that the gateway applies. */
  readonly here: readonly LocalFilter[];
  /** How many of the passing documents are skipped, and how many are taken; Infinity for all. */
  readonly start: number;
  readonly maxDocuments: number;
}

/** Maximum number of values requested one by one: each takes a request or two. */
const maxOneByOne = 8;

export interface PlanParts {
  readonly address: SliceAddress;
  /** The clauses on the documents' own properties, and those that order and limit. */
  readonly query: Query;
  /** Filters through references. */
  readonly references?: readonly ReferenceFilter[];
  /** The references whose ids the API is known to filter by: `site`. */
  readonly understood?: ReadonlySet<string>;
  /** Maximum number of documents; Infinity for all. */
  readonly maxDocuments: number;
}

/**
 * Divides a query. A list of few values, or of few entities of a reference, is requested one by one. The gateway
 * applies any other list to the slice without that clause.
 */
export function planSlice({
  address,
  query,
  references = [],
  understood,
  maxDocuments,
}: PlanParts): SlicePlan {
  const clauses = query.map(withoutListOfOne);
  const hasOrder = clauses.some(({ property }) => orders.has(property));
  const start = controlNumber(clauses, "offset") ?? 0;
  const sendable = clauses.filter(canBeSent);
  const local: LocalFilter[] = [...clauses.filter((clause) => !canBeSent(clause)), ...references];
  if (local.length === 0) return { address, sent: [clauses], here: [], start: 0, maxDocuments };

  // A combination of several answers can only be ordered by the time of creation, and has no offset.
  const oneByOne = hasOrder || start > 0 ? undefined : findOneByOne(local, address, understood);
  const here = local.filter((filter) => filter !== oneByOne?.filter);
  const filters = filtersOf(sendable);
  // If the gateway removes documents, their order must be known first.
  const needsOrder = !hasOrder && here.length > 0 && (maxDocuments < Infinity || start > 0);
  const order = needsOrder ? newestFirst : sendable.filter(({ property }) => orders.has(property));
  if (oneByOne) {
    const [first, ...rest] = oneByOne.clauses.map((clause) => [...filters, clause, ...order]);
    if (first) return { address, sent: [first, ...rest], here, start, maxDocuments };
  }
  return { address, sent: [[...filters, ...order]], here, start, maxDocuments };
}

const orders: ReadonlySet<string> = new Set(["orderBy", "direction"]);

/** `(importCode in 1250)` is `(importCode=1250)`, which the API can answer. */
function withoutListOfOne(clause: Clause): Clause {
  const { property, operator, values } = clause;
  if (!isList(operator) || values?.length !== 1) return clause;
  return { property, operator: operator === "in" ? "=" : "!=", value: values[0] ?? "" };
}

/**
 * The filter with the fewest values that can be requested one by one, with its clauses; undefined if there is none.
 */
function findOneByOne(
  local: readonly LocalFilter[],
  { collection }: SliceAddress,
  understood: ReadonlySet<string> | undefined,
): { readonly filter: LocalFilter; readonly clauses: readonly Clause[] } | undefined {
  const candidates = local.flatMap((filter) => {
    const clauses = "ids" in filter ? idClauses(filter, understood) : valueClauses(filter, collection.name);
    const canSend = clauses.length > 0 && clauses.length <= maxOneByOne && clauses.every(canBeSent);
    return canSend ? [{ filter, clauses }] : [];
  });
  return candidates.sort((a, b) => a.clauses.length - b.clauses.length)[0];
}

function idClauses(
  { path, ids, isNegated }: ReferenceFilter,
  understood: ReadonlySet<string> | undefined,
): Clause[] {
  const [attribute = "", ...further] = path;
  // An id that is not a GUID may be known in two spellings.
  const different = new Set([...ids].map((id) => id.toLowerCase()));
  if (isNegated || further.length > 0 || understood?.has(attribute) !== true || different.size > maxOneByOne)
    return [];
  const property = writePath([attribute, "entityId"]);
  return [...different].map((folded): Clause => {
    const id = [...ids].find((id) => id.toLowerCase() === folded) ?? folded;
    return { property, operator: "=", value: id };
  });
}

/** Only for properties in the catalogue: any other must first be proven by records. */
function valueClauses(clause: Clause, collection: string): Clause[] {
  const { property, operator } = clause;
  if (operator !== "in" || findAttribute(collection, property) === undefined) return [];
  return valuesOf(clause).map((value): Clause => ({ property, operator: "=", value }));
}

/** The filters that the gateway applies, as text; empty if the API applies all of them. */
export function describeLocalFilters({ here }: SlicePlan): string {
  return formatQuery(here.map((filter) => ("ids" in filter ? filter.clause : filter)));
}
