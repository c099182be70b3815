/**
 * `POST /api/v1/lookup`: values of single records, for any number of cells.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { LookUp } from "../answers/lookup.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { lookupAnswer, lookupRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";
import { contextOf, sendLookup } from "./send-answer.ts";

export interface LookupOptions {
  readonly lookUp: LookUp;
  readonly contextFor: MakeAnswerContext;
}

export const lookupRoute: FastifyPluginAsyncTypebox<LookupOptions> = async (app, { lookUp, contextFor }) => {
  app.post(
    "/api/v1/lookup",
    { schema: { summary: "Lookup", body: lookupRequest, response: answers(lookupAnswer) } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendLookup(reply, context, () => lookUp(request.body, context));
    },
  );
};
