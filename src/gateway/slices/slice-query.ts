/**
 * The queries by which a slice is asked for: all of it, a page of it, in an order or in none.
 * @module
 */
import { type Clause, controlNumber, filtersOf, type Query } from "../../kalibrate/query/clauses.ts";
import { encodeQuery } from "../../kalibrate/query/format.ts";

/** The only general property that the vendor shows sorted, with the only direction that is documented. */
export const newestFirst: readonly [Clause, Clause] = [
  { property: "orderBy", operator: "=", value: "createdOn" },
  { property: "direction", operator: "=", value: "descending" },
];

export type Order = "ordered" | "unordered";

export interface SliceQuery {
  /** Whether the analyst wrote an order; else the newest come first. */
  readonly hasOrder: boolean;
  /** How many documents the analyst passes over. */
  readonly start: number;
  /**
   * A query of this slice, encoded.
   * @param limit 0 for all.
   * @param offset counted behind the documents that the analyst passes over.
   */
  ask(order: Order, limit: number, offset: number): string;
}

/**
 * The clauses go into the one order that the vendor shows: filters, orderBy, direction, limit, offset. A half-written
 * order is completed.
 */
export function sliceQuery(query: Query): SliceQuery {
  const given = (property: string) => query.find((clause) => clause.property === property);
  const [by, direction] = newestFirst;
  const orderBy = given("orderBy");
  const written = given("direction") ?? (orderBy ? undefined : direction);
  const order = [orderBy ?? by, ...(written ? [written] : [])];
  const filters = filtersOf(query);
  const start = controlNumber(query, "offset") ?? 0;
  return {
    hasOrder: orderBy !== undefined || given("direction") !== undefined,
    start,
    ask: (ordered, limit, offset) =>
      encodeQuery([
        ...filters,
        // What is passed over depends on the order, so then there is always one.
        ...(ordered === "ordered" || start > 0 ? order : []),
        control("limit", limit),
        ...(start + offset > 0 ? [control("offset", start + offset)] : []),
      ]),
  };
}

function control(property: "limit" | "offset", value: number): Clause {
  return { property, operator: "=", value: String(value) };
}
