/**
 * The cache key of a request. Equal requests have equal keys, however a cell displays the answer.
 * @module
 */
import type { HeldConnection } from "../session/connection-store.ts";
import { valuesKey } from "./values-key.ts";

/**
 * Includes the ticket, so that nothing of an old connection is reused after connecting again.
 * @param values the content of the request, in a fixed order for each kind, so that cells and pane share answers. For
 * a query: collection, query, fields, limit.
 */
export function requestKey(
  { ticket, name }: HeldConnection,
  kind: "query" | "lookup" | "as-of" | "summary" | "market" | "fields" | "status" | "catalogue",
  values: readonly unknown[] = [],
): string {
  return `${ticket} ${kind} ${valuesKey(name)}${valuesKey(values)}`;
}
