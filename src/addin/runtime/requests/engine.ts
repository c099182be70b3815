/**
 * The one request engine of the runtime: all functions and the pane's actions share it.
 * @module
 */
import type { LookupAnswer } from "../../../kalibrate/gateway-api.ts";
import { activity } from "../activity/activity.ts";
import { createLookups } from "./lookups.ts";
import { createRequestEngine } from "./request-engine.ts";
import { callAs } from "../session/session.ts";

export const engine = createRequestEngine();

export const lookups = createLookups(engine, ({ key, connection, collection, query }, body, signal) => {
  const subject = { key, operation: "lookup", connection: connection.name, collection, query } as const;
  const call = { method: "POST", path: "/lookup", body, signal } as const;
  return activity.call(subject, () => callAs<LookupAnswer>(connection, call), outcomeOf);
});

const outcomeOf = ({ results, asOf, superseded }: LookupAnswer) => ({
  rows: results.flat().length,
  asOf,
  superseded,
});
