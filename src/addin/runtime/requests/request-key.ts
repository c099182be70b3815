/**
 * The name of a request: equal requests have equal keys, whatever shape a cell wants of the answer.
 * @module
 */
import type { HeldConnection } from "../session/connection-store.ts";
import { valuesKey } from "./values-key.ts";

/**
 * The ticket is part of it, so that after connecting anew nothing of the old connection is met again.
 * @param values what is asked, in an order of its own for each kind: cells and pane share answers by it. A query's is
 * collection, query, fields, limit.
 */
export function requestKey(
  { ticket, name }: HeldConnection,
  kind: "query" | "lookup" | "as-of" | "summary" | "fields" | "status" | "catalogue",
  values: readonly unknown[] = [],
): string {
  return `${ticket} ${kind} ${valuesKey(name)}${valuesKey(values)}`;
}
