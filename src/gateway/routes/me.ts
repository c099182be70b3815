/**
 * `GET /api/v1/me`: the owner of a ticket and its connections.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { MeAnswer } from "../../kalibrate/gateway-api.ts";
import { sessionOf } from "../hooks/access.ts";
import { type Session, summariesOf } from "../sessions/sessions.ts";
import { answers } from "./schemas.ts";
import { meAnswer } from "./sign-in-schemas.ts";

export const meRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/v1/me",
    {
      config: { queued: false, audited: false },
      schema: { summary: "Whose ticket it is", response: answers(meAnswer) },
    },
    async (request) => describeSession(sessionOf(request)),
  );
};

export function describeSession(session: Session): MeAnswer {
  const answer = {
    expiresAt: new Date(session.expiresAt).toISOString(),
    connections: summariesOf(session),
  };
  return "analyst" in session
    ? { ...answer, analyst: { ...session.analyst, roles: [...session.analyst.roles] } }
    : answer;
}
