/**
 * `POST /api/v1/records`: the records behind a figure, as one JSON body or row by row.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type, { type Static } from "typebox";
import type { KeyValue, RecordsRequest } from "../../kalibrate/gateway-api.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { makeRecords } from "../answers/records.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";
import { now } from "./summary-schemas.ts";
import { contextOf, sendTable } from "./send-answer.ts";

const closed = { additionalProperties: false };
const { connection, collection, query, fields, limit, maxAge } = queryRequest.properties;

const recordsRequest = Type.Object(
  {
    connection,
    collection,
    query,
    where: Type.Array(
      Type.Object(
        {
          field: Type.String({ maxLength: 2000, description: "As in “by” of a summary." }),
          value: Type.Unsafe<KeyValue | null>({
            type: ["string", "number", "boolean", "null"],
            description: "null: records without a value.",
          }),
        },
        closed,
      ),
      { maxItems: 20, description: "What the records have in common." },
    ),
    moment: Type.Optional(
      Type.String({ maxLength: 50, description: "ISO date or date-time: only what was in force then." }),
    ),
    timeavg: Type.Optional(
      Type.String({
        maxLength: 200,
        description: "Field of a timeavg: also the records in force meanwhile.",
      }),
    ),
    now,
    fields,
    limit,
    maxAge,
  },
  closed,
);

/** Schema and contract may not drift apart: either changing alone is a type error here. */
export type RecordsContractHolds = [Holds<Same<Static<typeof recordsRequest>, RecordsRequest>>];

export interface RecordsOptions {
  readonly contextFor: MakeAnswerContext;
}

export const recordsRoute: FastifyPluginAsyncTypebox<RecordsOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/records",
    { schema: { summary: "Records behind a figure", body: recordsRequest, response: queryAnswers } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendTable(reply, context, (share) => makeRecords(request.body, context, share));
    },
  );
};
