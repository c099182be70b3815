/**
 * `POST /api/v1/as-of`: values of the records in force at a moment, for any number of cells.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { LookupAnswer } from "../../kalibrate/gateway-api.ts";
import type { AsOf } from "../answers/as-of.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { sessionOf } from "../hooks/access.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { asOfRequest, lookupAnswer } from "./lookup-schemas.ts";
import { lookupJson } from "./lookup.ts";
import { jsonType, makeAnswer, sendPieces } from "./pieces.ts";
import { answers } from "./schemas.ts";

export interface AsOfOptions {
  readonly asOf: AsOf;
  readonly contextFor: MakeAnswerContext;
}

export const asOfRoute: FastifyPluginAsyncTypebox<AsOfOptions> = async (app, { asOf, contextFor }) => {
  app.post(
    "/api/v1/as-of",
    { schema: { summary: "Lookup at a moment", body: asOfRequest, response: answers(lookupAnswer) } },
    async (request, reply) => {
      const { body, callerSignal: signal, id: requestId } = request;
      const context = contextFor(connectionFor(sessionOf(request), body.connection), { signal, requestId });
      const pieces = await makeAnswer(reply, context, async () => lookupJson(await asOf(body, context)));
      return sendPieces(reply, pieces, jsonType) as unknown as LookupAnswer;
    },
  );
};
