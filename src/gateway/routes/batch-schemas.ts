/**
 * Body and answer of a batch as schemas; see schemas.ts for what they are used for.
 * @module
 */
import Type, { type Static } from "typebox";
import type { BatchRequest } from "../../kalibrate/gateway-api.ts";
import { queryAnswer, queryRequest } from "./query-schemas.ts";
import { errorAnswer, errorAnswers, type Holds, type Same } from "./schemas.ts";

/** Queries of a batch: as many cells as Excel calculates in one go, and more. */
const maxQueries = 10_000;

const list = { minItems: 1, maxItems: maxQueries };

export const batchRequest = Type.Object(
  { requests: Type.Array(queryRequest, list) },
  { additionalProperties: false },
);

/** What the call itself is checked against: each query is checked by itself, so that a wrong one fails alone. */
export const batchEnvelope = Type.Object(
  { requests: Type.Array(Type.Unknown(), list) },
  { additionalProperties: false },
);

export const batchAnswers = {
  200: {
    description: "An answer or an error for each query, in their order.",
    content: {
      "application/json": {
        schema: Type.Object({ answers: Type.Array(Type.Union([queryAnswer, errorAnswer])) }),
      },
      "application/x-ndjson": {
        schema: Type.String({
          description:
            "With Accept: application/x-ndjson. A JSON line for each query as soon as its answer is ready: {index, columns, rows, …} or {index, error}. Empty lines only show that the service is there.",
        }),
      },
    },
  },
  ...errorAnswers,
};

/** Schema and contract may not drift apart: either changing alone is a type error here. */
export type BatchContractHolds = [Holds<Same<Static<typeof batchRequest>, BatchRequest>>];
