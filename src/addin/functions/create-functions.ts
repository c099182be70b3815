/**
 * Creates the custom functions for a runtime.
 * @module
 */
import type { Runtime } from "../runtime/runtime.ts";
import { createForExcel } from "./call.ts";
import { createCollections } from "./collections.ts";
import { createFields } from "./fields.ts";
import { createLookup } from "./lookup.ts";
import { createMarket } from "./market.ts";
import { createQuery } from "./query.ts";
import { createStatus } from "./status.ts";
import { createSummary } from "./summary.ts";

export function createFunctions(runtime: Runtime) {
  const forExcel = createForExcel(runtime);
  return {
    query: createQuery(runtime, forExcel),
    lookup: createLookup(runtime, forExcel, "lookup"),
    asOf: createLookup(runtime, forExcel, "as-of"),
    fields: createFields(runtime, forExcel),
    collections: createCollections(runtime, forExcel),
    status: createStatus(runtime, forExcel),
    summary: createSummary(runtime, forExcel),
    market: createMarket(runtime, forExcel),
  };
}
