/**
 * Schema of the body of a summary; schemas.ts says what it is used for.
 * @module
 */
import Type, { type Static } from "typebox";
import type { SummaryRequest } from "../../kalibrate/gateway-api.ts";
import { queryRequest } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";

const { connection, collection, query, limit, maxChars, maxAge } = queryRequest.properties;

/** One or several, separated by commas. */
const expression = Type.String({ maxLength: 2000 });

/** The caller's local time, which data without a zone is compared with. */
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

/** Checks at compile time that schema and contract are the same. */
export type SummaryContractHolds = [Holds<Same<Static<typeof summaryRequest>, SummaryRequest>>];
