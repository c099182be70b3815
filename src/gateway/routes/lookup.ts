/**
 * `POST /api/v1/lookup`: values of single records, for any number of cells.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { LookupAnswer } from "../../kalibrate/gateway-api.ts";
import { sessionOf } from "../hooks/access.ts";
import type { LookUp } from "../answers/lookup.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { jsonList, jsonType, makeAnswer, sendPieces } from "./pieces.ts";
import { lookupAnswer, lookupRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

export interface LookupOptions {
  readonly lookUp: LookUp;
  readonly contextFor: MakeAnswerContext;
}

export const lookupRoute: FastifyPluginAsyncTypebox<LookupOptions> = async (app, { lookUp, contextFor }) => {
  app.post(
    "/api/v1/lookup",
    { schema: { summary: "Lookup", body: lookupRequest, response: answers(lookupAnswer) } },
    async (request, reply) => {
      const { body, callerSignal: signal, id: requestId } = request;
      const context = contextFor(connectionFor(sessionOf(request), body.connection), { signal, requestId });
      const pieces = await makeAnswer(reply, context, async () => lookupJson(await lookUp(body, context)));
      return sendPieces(reply, pieces, jsonType) as unknown as LookupAnswer;
    },
  );
};

/** In pieces as well, because a few keys can request many long texts. */
export function* lookupJson({ results, ...rest }: LookupAnswer): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"results":`;
  yield* jsonList(results, (list) => jsonList(list, (result) => [JSON.stringify(result)]));
  yield "}";
}
