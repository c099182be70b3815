/**
 * Deny by default: an API route without `config.public` is reached with a living ticket only.
 * @module
 */
import type { onRequestAsyncHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { Session, Sessions } from "../sessions/sessions.ts";

const sessionOf = new WeakMap<object, Session>();

/** The session of a request's ticket; undefined where no ticket was asked for. */
export function findSession(request: object): Session | undefined {
  return sessionOf.get(request);
}

export function requireTicket(sessions: Sessions): onRequestAsyncHookHandler {
  return async (request) => {
    const { config, url } = request.routeOptions;
    if (!url?.startsWith("/api/") || config.public === true) return;
    const [, ticket] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (ticket === undefined) throw new KalError("KAL_NOT_CONNECTED");
    const session = await sessions.find(ticket);
    if (session === undefined) throw new KalError("KAL_SESSION_ENDED");
    sessionOf.set(request, session);
  };
}
