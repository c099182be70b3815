/**
 * Checks the properties of a query against the catalogue and the records.
 *
 * Names that the catalogue does not know are sent unchanged, because every customer's data has undocumented attributes.
 * But a mistyped name must not show as an empty table or, if the server ignores unknown filters, as an unfiltered one.
 * So the same rule applies as for fields: a property is unknown if records exist, but neither the catalogue nor any
 * record has it.
 * @module
 */
import { attributesOf, findAttribute, spellPath } from "../catalogue/attributes.ts";
import { type Collection, findKind } from "../catalogue/collections.ts";
import { findReference } from "../catalogue/references.ts";
import type { DataDocument } from "../documents/document.ts";
import { KalError } from "../errors.ts";
import { type Path, pathOf, writePath } from "../names.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import { type Clause, controlWords, filtersOf, isControl, type Query } from "./clauses.ts";
import { formatQuery } from "./format.ts";
import { kindPropertyOf } from "./unknown-kind.ts";
import { mapValues } from "./value-list.ts";

/**
 * The query with names, flags, variants and types in the catalogue's spelling: `(ENTITYVARIANT=own)` becomes
 * `(entityVariant=Own)`.
 */
export function spellLikeCatalogue(query: Query, collection: Collection): Query {
  return query.map((clause) => {
    if (clause.property === "orderBy") return { ...clause, value: spelled(clause.value, collection) };
    if (isControl(clause)) return clause;
    const property = spelled(clause.property, collection);
    const spelledClause = { ...clause, property };
    return mapValues(spelledClause, (value) => spellKind({ ...spelledClause, value }, collection));
  });
}

function spelled(property: string, collection: Collection): string {
  const path = pathOf(property);
  const spelledPath = spellPath(collection.name, path);
  // A quoted name that equals a control word keeps its quotes.
  return spelledPath.every((step, at) => step === path[at]) ? property : writePath(spelledPath);
}

/** Known variants and types in the vendor's letter case, which the server may require. */
function spellKind({ property, operator, value }: Clause, collection: Collection): string {
  if (property !== kindPropertyOf(collection) || operator === "@=") return value;
  return findKind(collection, value) ?? value;
}

/** A clause with the path that only records can prove to exist. */
export interface Unproven {
  readonly clause: Clause;
  readonly path: Path;
}

/** The clauses whose property is not in the catalogue. Usually none. */
export function unprovenClauses(query: Query, collection: Collection): readonly Unproven[] {
  return query.flatMap((clause) => {
    const path = propertyOf(clause);
    return path === undefined || isKnown(path, collection) ? [] : [{ clause, path }];
  });
}

/**
 * Whether the collection's own documents have this path. A field of a referenced record can be shown but not filtered
 * by, because it is in another document.
 */
function isKnown(path: readonly string[], collection: Collection): boolean {
  if (findAttribute(collection.name, path.join("."))) return true;
  const [first = "", second, ...deeper] = path;
  return second === "entityId" && deeper.length === 0 && findReference(collection.name, first) !== undefined;
}

/** The property that a clause filters or orders by; undefined for the other control clauses. */
function propertyOf(clause: Clause): Path | undefined {
  if (clause.property === "orderBy") return pathOf(clause.value);
  return isControl(clause) ? undefined : pathOf(clause.property);
}

/** Removes those whose property the document has. Call it for one document after the other. */
export function withoutProven(unproven: readonly Unproven[], document: DataDocument): readonly Unproven[] {
  if (unproven.length === 0) return unproven;
  return unproven.filter(({ path }) => !has(document.data, path) && !has(document.id, path));
}

/** Whether the holder has this path; its value may be null. */
function has(holder: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  if (Array.isArray(holder)) return holder.some((item) => has(item, [first, ...rest]));
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, first)) return false;
  return has((holder as Record<string, unknown>)[first], rest);
}

/**
 * The query to send if one with unproven clauses selects nothing: the same slice without those clauses, to get some
 * records that prove the names.
 */
export function proofQuery(query: Query, unproven: readonly Unproven[]): Query {
  return filtersOf(query).filter((own) => !unproven.some(({ clause }) => clause === own));
}

/**
 * The error for a query with a property that no record has; undefined if there is none.
 * @param unproven the clauses left after all records were checked; there must have been at least one record.
 */
export function unknownProperty(unproven: readonly Unproven[], collection: Collection): KalError | undefined {
  const [left] = unproven;
  if (!left) return undefined;
  const { clause, path } = left;
  const [first = "", second] = path;
  const name = path.join(".");
  const reference = second === undefined ? undefined : findReference(collection.name, first);
  if (reference) {
    return new KalError("KAL_QUERY_INVALID", {
      message: `${shorten(formatQuery([clause]))}: the Data API cannot order by “${shorten(name)}”, which is a field of the ${first}.`,
      hint: `Add ${shorten(name)} to the fields, then use SORT in Excel.`,
    });
  }
  const known = [...Object.keys(attributesOf(collection.name)), ...controlWords];
  return new KalError("KAL_QUERY_INVALID", {
    message: `${shorten(formatQuery([clause]))}: no record of ${collection.name} has a property “${shorten(name)}”.${didYouMean(name, known)}`,
    hint: "Use the fields * and a limit of 1 to see all properties.",
  });
}
