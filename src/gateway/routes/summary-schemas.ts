/**
 * Body of a summary as a schema; see schemas.ts for what it is used for.
 * @module
 */
import Type, { type Static } from "typebox";
import type { SummaryRequest } from "../../kalibrate/gateway-api.ts";
import { queryRequest } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";

const { connection, collection, query, limit, maxChars, maxAge } = queryRequest.properties;

/** One or several, divided by commas. */
const expression = Type.String({ maxLength: 2000 });

/** The caller's clock: data without zones is compared with what it shows. */
export const now = Type.Optional(
  Type.String({
    maxLength: 50,
    description: "ISO date-time of the caller’s clock, with its offset from UTC.",
  }),
);

export const summaryRequest = Type.Object(
  {
    connection,
    collection,
    query,
    by: Type.Array(expression, {
      maxItems: 20,
      description: "site.brand.name, day(effectiveTime), …; none: one row over all.",
    }),
    measures: Type.Array(expression, {
      maxItems: 100,
      description: "count, count(field), distinct, sum, avg, min, max, median, first, last, timeavg.",
    }),
    now,
    limit,
    maxChars,
    maxAge,
  },
  { additionalProperties: false },
);

/** Schema and contract may not drift apart: either changing alone is a type error here. */
export type SummaryContractHolds = [Holds<Same<Static<typeof summaryRequest>, SummaryRequest>>];
