/**
 * Applies faults to a query, for servers that interpret queries differently.
 * @module
 */
import type { FaultKind } from "./fault.ts";
import type { FaultBoard } from "./faults.ts";
import type { Query } from "./query.ts";
import { pathOf } from "./request-log.ts";
import type { Partition } from "./sample/sample-data.ts";
import { hasProperty } from "./selection.ts";

export interface QueryRead extends Query {
  /** Whether `=` and `@=` ignore letter case. */
  readonly anyCase: boolean;
}

/** @returns the reason for refusing the query, or the query to run. */
export function readOtherwise(
  query: Query,
  url: string,
  partitions: readonly Partition[],
  faults: FaultBoard,
): QueryRead | string {
  const path = pathOf(url);
  const on = (kind: FaultKind) => faults.take(kind, "data", path) !== undefined;
  const [refuses, ignores] = [on("unknown-property"), on("ignored-property")];
  const isUnknown = (filter: Query["filters"][number]) => !hasProperty(partitions, filter.path);
  const unknown = refuses || ignores ? query.filters.filter(isUnknown) : [];
  if (refuses && unknown[0]) return `There is no property ${unknown[0].path.join(".")}.`;
  if (query.limit === 0 && on("unlimited-refused")) return "A limit must be positive.";
  if (query.filters.some(({ operator }) => operator === "<=") && on("no-less-or-equal")) {
    return "There is no operator <=.";
  }
  if (/\)(?:%20| )\(/.test(url) && on("literal-plus")) return "Clauses are joined by +.";
  return {
    ...query,
    filters: query.filters.filter((filter) => !unknown.includes(filter)),
    anyCase: on("any-case"),
  };
}
