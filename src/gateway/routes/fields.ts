/**
 * `POST /api/v1/fields`: the fields of a collection.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { sessionOf } from "../hooks/access.ts";
import { summariseFields } from "../answers/fields.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { fieldsAnswer, fieldsRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

export interface FieldsOptions {
  readonly contextFor: MakeAnswerContext;
}

export const fieldsRoute: FastifyPluginAsyncTypebox<FieldsOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/fields",
    { schema: { summary: "Fields", body: fieldsRequest, response: answers(fieldsAnswer) } },
    async (request) => {
      const connection = connectionFor(sessionOf(request), request.body.connection);
      const caller = { signal: request.callerSignal, requestId: request.id };
      return summariseFields(request.body, contextFor(connection, caller));
    },
  );
};
