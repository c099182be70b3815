/**
 * `GET /api/v1/connections`: the connections that a ticket may use.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type from "typebox";
import { sessionOf } from "../hooks/access.ts";
import { summariesOf } from "../sessions/sessions.ts";
import { answers, connectionSummary } from "./schemas.ts";

export const connectionsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/v1/connections",
    {
      config: { queued: false, audited: false },
      schema: { summary: "Connections of the ticket", response: answers(Type.Array(connectionSummary)) },
    },
    async (request) => summariesOf(sessionOf(request)),
  );
};
