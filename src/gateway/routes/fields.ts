/**
 * `POST /api/v1/fields`: the fields of a collection.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { summariseFields } from "../pulls/field-summaries.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { fieldsAnswer, fieldsRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

export const fieldsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    "/api/v1/fields",
    { schema: { summary: "Fields", body: fieldsRequest, response: answers(fieldsAnswer) } },
    async (request) => {
      const connection = connectionFor(request, request.body.connection);
      const caller = { signal: request.callerSignal, requestId: request.id };
      return summariseFields(request.body, app.pullContext(connection, caller));
    },
  );
};
