/**
 * `POST /api/v1/lookup`: values of single records, for any number of cells.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { createLookUp } from "../pulls/lookup.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { lookupAnswer, lookupRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

export const lookupRoute: FastifyPluginAsyncTypebox = async (app) => {
  const lookUp = createLookUp();
  app.post(
    "/api/v1/lookup",
    {
      schema: { summary: "Lookup", body: lookupRequest, response: answers(lookupAnswer) },
      // Results are plain JSON already; a serialiser made of the schema would try each form in turn.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
    },
    async (request) => {
      const connection = connectionFor(request, request.body.connection);
      const caller = { signal: request.callerSignal, requestId: request.id };
      return lookUp(request.body, app.pullContext(connection, caller));
    },
  );
};
