/**
 * `POST /api/v1/as-of`: values of the records in force at a moment, for any number of cells.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { AsOf } from "../answers/as-of.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { asOfRequest, lookupAnswer } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";
import { contextOf, sendLookup } from "./send-answer.ts";

export interface AsOfOptions {
  readonly asOf: AsOf;
  readonly contextFor: MakeAnswerContext;
}

export const asOfRoute: FastifyPluginAsyncTypebox<AsOfOptions> = async (app, { asOf, contextFor }) => {
  app.post(
    "/api/v1/as-of",
    { schema: { summary: "Lookup at a moment", body: asOfRequest, response: answers(lookupAnswer) } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendLookup(reply, context, () => asOf(request.body, context));
    },
  );
};
