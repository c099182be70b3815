/**
 * Queries that differ in one filter only, so that one slice may answer all of them.
 *
 * Only filters that mean the same here and at the API count: by an id, by a code that resolves to ids, and by a boolean.
 * How the API compares texts and numbers is its own affair.
 * @module
 */
import { attributeAt } from "../../kalibrate/catalogue/attributes.ts";
import { findReference } from "../../kalibrate/catalogue/references.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type Path, pathOf } from "../../kalibrate/names.ts";
import type { Clause, Query } from "../../kalibrate/query/clauses.ts";
import { valuesOf } from "../../kalibrate/query/value-list.ts";
import { divideAtReference } from "./reference-filters.ts";

/** What a group's queries differ in. */
export interface GroupFilter {
  readonly property: string;
  /** Where the documents hold what it is compared with. */
  readonly path: Path;
  readonly kind: "reference" | "id" | "flag";
}

export interface Groupable {
  readonly address: SliceAddress;
  readonly query: Query;
}

export interface Group<Part> {
  readonly filter: GroupFilter;
  readonly parts: readonly Part[];
  /** Different values, or lists of values. */
  readonly values: number;
}

/**
 * Divides requests into groups of two and more, and those that stand alone.
 * @param restOf everything of a request that its group must have in common, beside collection and query.
 */
export function findGroups<Part extends Groupable>(
  parts: readonly Part[],
  restOf: (part: Part) => readonly unknown[],
): { readonly groups: readonly Group<Part>[]; readonly alone: readonly Part[] } {
  const buckets = new Map<string, { readonly filter: GroupFilter; readonly values: Map<string, Part[]> }>();
  const candidates = parts.map((part) =>
    filtersOf(part).map((filter) => {
      const name = nameOf(part, filter, restOf(part));
      const bucket = buckets.get(name) ?? { filter, values: new Map<string, Part[]>() };
      buckets.set(name, bucket);
      const value = JSON.stringify(valuesOf(clauseOf(part.query, filter)));
      bucket.values.set(value, []);
      return { bucket, value };
    }),
  );
  const alone: Part[] = [];
  parts.forEach((part, at) => {
    const best = candidates[at]?.reduce<(typeof candidates)[number][number] | undefined>(
      (largest, candidate) =>
        candidate.bucket.values.size > (largest?.bucket.values.size ?? 1) ? candidate : largest,
      undefined,
    );
    if (best) best.bucket.values.get(best.value)?.push(part);
    else alone.push(part);
  });
  const groups = [...buckets.values()].flatMap(({ filter, values }) => {
    const used = [...values.values()].filter((same) => same.length > 0);
    if (used.length > 1) return [{ filter, parts: used.flat(), values: used.length }];
    alone.push(...used.flat());
    return [];
  });
  return { groups, alone };
}

/** The clause of a query that a group differs in. */
export function clauseOf(query: Query, { property }: Pick<GroupFilter, "property">): Clause {
  const clause = query.find((other) => other.property === property);
  if (!clause) throw new RangeError(`The query has no filter by ${property}.`);
  return clause;
}

function filtersOf({ address, query }: Groupable): readonly GroupFilter[] {
  // What is passed over is counted by the API in its own order.
  if (query.some(({ property }) => property === "offset")) return [];
  return query.flatMap((clause) => {
    const { property } = clause;
    const filter = readFilter(clause, address);
    return filter && query.filter((other) => other.property === property).length === 1 ? [filter] : [];
  });
}

function readFilter({ property, operator }: Clause, { collection }: SliceAddress): GroupFilter | undefined {
  if (operator !== "=" && operator !== "in") return undefined;
  const path = pathOf(property);
  const through = divideAtReference(collection.name, path);
  if (through) return { property, path: through.way, kind: "reference" };
  const [first = "", ...further] = path;
  const isId = path.at(-1) === "entityId" && (further.length === 0 || findReference(collection.name, first));
  if (isId && further.length < 2) return { property, path, kind: "id" };
  const isFlag = operator === "=" && attributeAt(collection.name, path)?.type === "boolean";
  return isFlag ? { property, path, kind: "flag" } : undefined;
}

function nameOf({ address, query }: Groupable, { property }: GroupFilter, rest: readonly unknown[]): string {
  const others = query
    .filter((clause) => clause.property !== property)
    .map((clause) => ({ ...clause, position: undefined }));
  return JSON.stringify([address.path, address.entityType, property, others, rest]);
}
