/**
 * Filters through references: `(site.importCode=1250)` on prices selects by a field of the site's own record. The
 * referenced collection's records show which entities pass; the filter is then replaced by one on their ids.
 * @module
 */
import { attributeAt, attributesOf, findAttribute } from "../../kalibrate/catalogue/attributes.ts";
import { findReference, type Reference, referredVariant } from "../../kalibrate/catalogue/references.ts";
import { attributeOf, type DataDocument, referencedId } from "../../kalibrate/documents/document.ts";
import type { ReferenceTarget } from "../../kalibrate/documents/references.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { type Path, pathOf } from "../../kalibrate/names.ts";
import { didYouMean } from "../../kalibrate/nearest.ts";
import { type Clause, isComparison, isControl } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { valueMatcher } from "../../kalibrate/query/matches.ts";
import { valuesOf } from "../../kalibrate/query/value-list.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { findEqual, valueIn } from "./value-index.ts";

/** Documents of a referenced collection by their ids, with the time of the request. */
export interface Referenced {
  readonly documents: ReadonlyMap<string, DataDocument>;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

/** Loads a referenced collection's documents with at least those attributes. */
export type GetReferenced = (target: ReferenceTarget, attributes: readonly string[]) => Promise<Referenced>;

export interface ReferenceFilter {
  /** As written. */
  readonly clause: Clause;
  /** The path of the reference to the other entity. */
  readonly path: Path;
  /** The entities that pass; for `!=` and `not in` those that do not. */
  readonly ids: ReadonlySet<string>;
  readonly isNegated: boolean;
  /** Milliseconds since the epoch of the oldest data that the ids come from. */
  readonly asOf: number;
}

/** A path that leaves the document: the path to the reference, its target, and the path in that record. */
export interface ReferencePath {
  readonly way: Path;
  readonly reference: Reference;
  readonly rest: Path;
}

const isIndex = (step: string) => /^\d+$/.test(step);

/**
 * Splits a path at its first reference.
 * @returns undefined if it stays in the collection's documents, including the reference itself and its `entityId`.
 */
export function divideAtReference(collection: string, path: Path): ReferencePath | undefined {
  const [first = ""] = path;
  const reference = findReference(collection, first);
  const own = path.filter((step) => !isIndex(step)).join(".");
  if (reference === undefined || findAttribute(collection, own)) return undefined;
  const end = path.findIndex((step, at) => at > 0 && !isIndex(step));
  if (end < 0) return undefined;
  const rest = path.slice(end);
  return rest.length === 1 && rest[0] === "entityId"
    ? undefined
    : { way: path.slice(0, end), reference, rest };
}

/** The path of a clause's property, split at its first reference; undefined if it has none. */
export function referencePathOf(clause: Clause, collection: string): ReferencePath | undefined {
  return isControl(clause) ? undefined : divideAtReference(collection, pathOf(clause.property));
}

/**
 * Finds the entities that a filter selects.
 * @param variant of the documents that refer to them, if the query names one.
 * @throws KalError KAL_NO_ROWS if no entity passes, with the nearest existing value; KAL_QUERY_INVALID for a property
 * or reference that no record has, whether the filter is negated or not.
 */
export async function resolveFilter(
  clause: Clause,
  path: ReferencePath,
  variant: string | undefined,
  getReferenced: GetReferenced,
): Promise<ReferenceFilter> {
  const isNegated = clause.operator === "!=" || clause.operator === "not in";
  const passes = valueMatcher(isNegated ? opposite(clause) : clause);
  const search: Search = { clause, passes, getReferenced, asOf: Infinity, values: new Set(), isKnown: false };
  const ids = await findIds(path, variant, search);
  if (ids.size === 0 && (!isNegated || !search.isKnown)) throw nothingPasses(path, search);
  return { clause, path: path.way, ids, isNegated, asOf: search.asOf };
}

/** The parameters and findings of a search. */
interface Search {
  readonly clause: Clause;
  readonly passes: (value: unknown) => boolean;
  readonly getReferenced: GetReferenced;
  asOf: number;
  /** Values of the property, for a suggestion. */
  readonly values: Set<string>;
  /** Whether the property is in a record or in the catalogue. */
  isKnown: boolean;
}

async function findIds(
  { reference, rest }: ReferencePath,
  referrer: string | undefined,
  search: Search,
): Promise<ReadonlySet<string>> {
  const { collection } = reference;
  // A query without a variant may select documents of all variants.
  const isAny = reference.variant === "like referrer" && referrer === undefined;
  const likely = isAny ? undefined : referredVariant(reference, referrer);
  const [attribute = ""] = rest;
  const deeper = divideAtReference(collection, rest);
  let isThere = !deeper || findAttribute(collection, attribute) !== undefined;
  if (!deeper) search.isKnown ||= attributeAt(collection, rest) !== undefined;
  for (const variant of new Set([likely, undefined])) {
    const { documents, asOf } = await search.getReferenced({ collection, variant }, [attribute]);
    search.asOf = Math.min(search.asOf, asOf);
    isThere ||= [...documents.values()].some((document) => attributeOf(document, attribute) !== undefined);
    // Nothing that it refers to can pass either, so its records need not be read.
    const inner = deeper && isThere ? await findIds(deeper, variant, search) : undefined;
    const equal = deeper ? undefined : findEqual(documents, rest, search.clause, search.passes);
    if (equal && equal.size > 0) return equal;
    const passes = (document: DataDocument) =>
      deeper && inner ? refersTo(document, deeper.way, inner) : passesValue(document, rest, search);
    const ids = new Set<string>();
    for (const [id, document] of documents) if (passes(document)) ids.add(id);
    if (ids.size > 0) return ids;
  }
  if (!isThere) throw unknownIn(search.clause, collection, attribute);
  return new Set();
}

function passesValue(document: DataDocument, path: Path, search: Search): boolean {
  const value = valueIn(document, path);
  search.isKnown ||= value !== undefined;
  if (typeof value === "string" || typeof value === "number") search.values.add(String(value));
  return search.passes(value);
}

/** Whether a document, or an item of its list, refers to one of the entities. */
export function refersTo(document: DataDocument, path: Path, ids: ReadonlySet<string>): boolean {
  const value = valueIn(document, path);
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).some((item) => {
    const id = referencedId(item);
    return id !== undefined && (ids.has(id) || ids.has(id.toLowerCase()));
  });
}

function opposite(clause: Clause): Clause {
  return { ...clause, operator: clause.operator === "!=" ? "=" : "in" };
}

function nothingPasses(path: ReferencePath, search: Search): KalError {
  const deeper = divideAtReference(path.reference.collection, path.rest);
  if (deeper) return nothingPasses(deeper, search);
  const { reference, rest } = path;
  const { clause, values, isKnown } = search;
  const [kind = ""] = reference.collection.toLowerCase().split("/").slice(-1);
  const written = shorten(formatQuery([clause]));
  const name = shorten(rest.join("."));
  if (!isKnown) return unknownIn(clause, reference.collection, rest.join("."));
  if (values.size === 0) {
    return new KalError("KAL_NO_ROWS", {
      message: `${written}: these credentials see no record of ${reference.collection} with a ${name}.`,
    });
  }
  const [value = ""] = valuesOf(clause);
  const isEquality = !isComparison(clause.operator) && clause.operator !== "@=";
  const said = isEquality
    ? `No ${kind} has the ${name} “${shorten(value)}”.`
    : `No ${kind} passes ${written}.`;
  return new KalError("KAL_NO_ROWS", { message: `${said}${isEquality ? didYouMean(value, values) : ""}` });
}

function unknownIn(clause: Clause, collection: string, property: string): KalError {
  const [written, name] = [shorten(formatQuery([clause])), shorten(property)];
  const names = Object.keys(attributesOf(collection));
  return new KalError("KAL_QUERY_INVALID", {
    message: `${written}: no record of ${collection} has a property “${name}”.${didYouMean(name, names)}`,
  });
}
