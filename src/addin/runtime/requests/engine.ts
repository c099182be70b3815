/**
 * The one request engine of the runtime: all functions and the pane's actions share it.
 * @module
 */
import type { LookupAnswer } from "../../../kalibrate/gateway-api.ts";
import { createLookups } from "./lookups.ts";
import { createRequestEngine } from "./request-engine.ts";
import { callAs } from "../session/session.ts";

export const engine = createRequestEngine();

export const lookups = createLookups(engine, (connection, body, signal) =>
  callAs<LookupAnswer>(connection, { method: "POST", path: "/lookup", body, signal }),
);
