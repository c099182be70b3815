/**
 * `POST /api/v1/records`: the records behind a figure, as one JSON body or row by row.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type, { type Static } from "typebox";
import type { KeyValue, QueryAnswer, RecordsRequest } from "../../kalibrate/gateway-api.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { makeRecords } from "../answers/records.ts";
import { sessionOf } from "../hooks/access.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { makeAnswer, sendPieces } from "./pieces.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";
import { now } from "./summary-schemas.ts";
import { tableForm } from "./table-form.ts";

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
      const { body, callerSignal: signal, id: requestId } = request;
      const context = contextFor(connectionFor(sessionOf(request), body.connection), { signal, requestId });
      const { type, partsOf } = tableForm(request);
      const pieces = await makeAnswer(reply, context, async (share) => {
        const answer = await makeRecords(body, context, share);
        request.rows = answer.rowCount;
        return partsOf(answer);
      });
      // The schema describes the JSON form; pieces pass every serialiser by.
      return sendPieces(reply, pieces, type) as unknown as QueryAnswer;
    },
  );
};
