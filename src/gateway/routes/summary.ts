/**
 * `POST /api/v1/summary`: groups and figures of a slice as a table.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { readSummary } from "../answers/read-summary.ts";
import { shareSummary } from "../answers/shared-table.ts";
import { sessionOf } from "../hooks/access.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { jsonType, makeAnswer, sendPieces } from "./pieces.ts";
import { queryAnswer } from "./query-schemas.ts";
import { answers } from "./schemas.ts";
import { summaryRequest } from "./summary-schemas.ts";
import { tableJson } from "./table-form.ts";

export interface SummaryOptions {
  readonly contextFor: MakeAnswerContext;
}

export const summaryRoute: FastifyPluginAsyncTypebox<SummaryOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/summary",
    { schema: { summary: "Summary", body: summaryRequest, response: answers(queryAnswer) } },
    async (request, reply) => {
      const { body, callerSignal: signal, id: requestId } = request;
      const context = contextFor(connectionFor(sessionOf(request), body.connection), { signal, requestId });
      const pieces = await makeAnswer(reply, context, async (share) => {
        const answer = await shareSummary(readSummary(body, context), context, share);
        request.rows = answer.rowCount;
        return tableJson(answer);
      });
      // The schema describes the JSON form; pieces are sent without a serialiser.
      return sendPieces(reply, pieces, jsonType) as unknown as QueryAnswer;
    },
  );
};
