/**
 * `POST /api/v1/query`: a slice as a table, as one JSON body or row by row.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { sessionOf } from "../hooks/access.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { shareTable } from "../answers/shared-table.ts";
import { readTableRequest } from "../answers/table.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { makeAnswer, sendPieces } from "./pieces.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";
import { tableForm } from "./table-form.ts";

export interface QueryOptions {
  readonly contextFor: MakeAnswerContext;
}

export const queryRoute: FastifyPluginAsyncTypebox<QueryOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/query",
    { schema: { summary: "Query", body: queryRequest, response: queryAnswers } },
    async (request, reply) => {
      const { body, callerSignal: signal, id: requestId } = request;
      const context = contextFor(connectionFor(sessionOf(request), body.connection), { signal, requestId });
      const { type, partsOf } = tableForm(request);
      const pieces = await makeAnswer(reply, context, async (share) => {
        const answer = await shareTable(readTableRequest(body, context), context, share);
        request.rows = answer.rowCount;
        return partsOf(answer);
      });
      // The schema describes the JSON form; pieces are sent without a serialiser.
      return sendPieces(reply, pieces, type) as unknown as QueryAnswer;
    },
  );
};
