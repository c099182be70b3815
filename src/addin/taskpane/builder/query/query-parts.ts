/**
 * A query taken apart into what the builder shows each in its own place, and put together again.
 * @module
 */
import type { Clause, Query } from "../../../../kalibrate/query/clauses.ts";

export type Direction = "" | "ascending" | "descending";

export interface QueryParts {
  /** The value of `(entityVariant=…)`; "" where the query asks for all. */
  readonly variant: string;
  /** Everything that selects or cuts, in its order. */
  readonly filters: Query;
  /** "" where nothing is ordered. */
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

/** In the order of the vendor's samples: what selects, the order, what cuts. */
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
