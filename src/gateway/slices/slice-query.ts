/**
 * The queries that request a slice: all of it or a page of it, ordered or not.
 * @module
 */
import { type Clause, controlNumber, filtersOf, type Query } from "../../kalibrate/query/clauses.ts";
import { encodeQuery } from "../../kalibrate/query/format.ts";

/** The only general property that the vendor's examples sort by, with the only documented direction. */
export const newestFirst: readonly [Clause, Clause] = [
  { property: "orderBy", operator: "=", value: "createdOn" },
  { property: "direction", operator: "=", value: "descending" },
];

export type Order = "ordered" | "unordered";

export interface SliceQuery {
  /** Whether the analyst wrote an order; otherwise newest first. */
  readonly hasOrder: boolean;
  /** Number of documents that the analyst skips. */
  readonly start: number;
  /**
   * An encoded query of this slice.
   * @param limit 0 for all.
   * @param offset counted after the documents that the analyst skips.
   */
  ask(order: Order, limit: number, offset: number): string;
}

/**
 * Writes the clauses in the vendor's order: filters, orderBy, direction, limit, offset. A partial order is completed.
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
        // Which documents are skipped depends on the order, so then there is always one.
        ...(ordered === "ordered" || start > 0 ? order : []),
        control("limit", limit),
        ...(start + offset > 0 ? [control("offset", start + offset)] : []),
      ]),
  };
}

function control(property: "limit" | "offset", value: number): Clause {
  return { property, operator: "=", value: String(value) };
}
