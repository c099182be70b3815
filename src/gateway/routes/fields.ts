/**
 * `POST /api/v1/fields`: the fields of a collection.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { sessionOf } from "../hooks/access.ts";
import { summariseFields } from "../pulls/field-summaries.ts";
import type { MakePullContext } from "../pulls/pull-contexts.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { fieldsAnswer, fieldsRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

export interface FieldsOptions {
  readonly pullContext: MakePullContext;
}

export const fieldsRoute: FastifyPluginAsyncTypebox<FieldsOptions> = async (app, { pullContext }) => {
  app.post(
    "/api/v1/fields",
    { schema: { summary: "Fields", body: fieldsRequest, response: answers(fieldsAnswer) } },
    async (request) => {
      const connection = connectionFor(sessionOf(request), request.body.connection);
      const caller = { signal: request.callerSignal, requestId: request.id };
      return summariseFields(request.body, pullContext(connection, caller));
    },
  );
};
