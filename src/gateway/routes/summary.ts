/**
 * `POST /api/v1/summary`: groups and figures of a slice as a table.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { MakeAnswerContext } from "../answers/context.ts";
import { readSummary } from "../answers/read-summary.ts";
import { shareSummary } from "../answers/shared-table.ts";
import { queryAnswers } from "./query-schemas.ts";
import { summaryRequest } from "./summary-schemas.ts";
import { contextOf, sendTable } from "./send-answer.ts";

export interface SummaryOptions {
  readonly contextFor: MakeAnswerContext;
}

export const summaryRoute: FastifyPluginAsyncTypebox<SummaryOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/summary",
    { schema: { summary: "Summary", body: summaryRequest, response: queryAnswers } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendTable(reply, context, (share) =>
        shareSummary(readSummary(request.body, context), context, share),
      );
    },
  );
};
