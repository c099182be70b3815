/**
 * Splits a query into the parts that the builder shows separately, and joins them again.
 * @module
 */
import type { Clause, Query } from "../../../../kalibrate/query/clauses.ts";

export type Direction = "" | "ascending" | "descending";

export interface QueryParts {
  /** The value of `(entityVariant=…)`; "" if the query has none. */
  readonly variant: string;
  /** The other clauses that select or limit rows, in their order. */
  readonly filters: Query;
  /** "" if the query has no order. */
  readonly orderBy: string;
  readonly direction: Direction;
}

const isVariant = ({ property, operator }: Clause) =>
  property.toLowerCase() === "entityvariant" && operator === "=";

export function splitQuery(query: Query): QueryParts {
  const variant = query.find(isVariant);
  const valueOf = (word: string) => query.find(({ property }) => property === word)?.value ?? "";
  return {
    variant: variant?.value ?? "",
    filters: query.filter(
      (clause) => clause !== variant && clause.property !== "orderBy" && clause.property !== "direction",
    ),
    orderBy: valueOf("orderBy"),
    direction: valueOf("direction") as Direction,
  };
}

/** In the order of the vendor's samples: selection, order, limits. */
export function joinQuery({ variant, filters, orderBy, direction }: QueryParts): Query {
  const clause = (property: string, value: string): Clause[] =>
    value === "" ? [] : [{ property, operator: "=", value }];
  const cuts = ({ property }: Clause) => property === "limit" || property === "offset";
  return [
    ...clause("entityVariant", variant),
    ...filters.filter((filter) => !cuts(filter)),
    ...clause("orderBy", orderBy),
    ...clause("direction", direction),
    ...filters.filter(cuts),
  ];
}
