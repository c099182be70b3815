/**
 * `POST /api/v1/query`: a slice as a table, as one JSON body or row by row.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { MakeAnswerContext } from "../answers/context.ts";
import { shareTable } from "../answers/shared-table.ts";
import { readTableRequest } from "../answers/table.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";
import { contextOf, sendTable } from "./send-answer.ts";

export interface QueryOptions {
  readonly contextFor: MakeAnswerContext;
}

export const queryRoute: FastifyPluginAsyncTypebox<QueryOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/query",
    { schema: { summary: "Query", body: queryRequest, response: queryAnswers } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendTable(reply, context, async (share) =>
        shareTable(readTableRequest(request.body, context), context, share),
      );
    },
  );
};
