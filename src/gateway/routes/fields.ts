/**
 * `POST /api/v1/fields`: the fields of a collection.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { summariseFields } from "../answers/fields.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { fieldsAnswer, fieldsRequest } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";
import { contextOf } from "./send-answer.ts";

export interface FieldsOptions {
  readonly contextFor: MakeAnswerContext;
}

export const fieldsRoute: FastifyPluginAsyncTypebox<FieldsOptions> = async (app, { contextFor }) => {
  app.post(
    "/api/v1/fields",
    { schema: { summary: "Fields", body: fieldsRequest, response: answers(fieldsAnswer) } },
    async (request) => summariseFields(request.body, contextOf(request, request.body.connection, contextFor)),
  );
};
