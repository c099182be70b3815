/**
 * The name of a request: equal requests have equal keys, whatever shape a cell wants of the answer.
 * @module
 */
import type { HeldConnection } from "../session/connection-store.ts";

/**
 * The ticket is part of it, so that after connecting anew nothing of the old connection is met again. Properties
 * keep the order in which the one place that builds the request writes them.
 */
export function requestKey(
  connection: HeldConnection,
  kind: "query" | "lookup" | "fields" | "status" | "catalogue",
  request: unknown,
): string {
  return JSON.stringify([connection.ticket, kind, request]);
}
