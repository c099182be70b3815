/**
 * Deny by default: checks every request before its route, for all routes in this one place.
 *
 * A route can ask for less with `config.access`; the default is the strictest.
 *
 * - `open`: nothing. Pages and health.
 * - `marked`: the header that every call to the API carries. A browser sends it across origins only with leave, which
 *   is never given.
 * - nothing said: that header and a living ticket.
 * @module
 */
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { requestHeader } from "../../kalibrate/gateway-api.ts";
import type { Session, Sessions } from "../sessions/sessions.ts";

export type Access = "open" | "marked";

/**
 * The session of a request to a route that asks for a ticket.
 * @throws KalError KAL_NOT_CONNECTED on any other route.
 */
export function sessionOf({ session }: Pick<FastifyRequest, "session">): Session {
  if (session === null) throw new KalError("KAL_NOT_CONNECTED");
  return session;
}

/**
 * Whether a request is one to the API: its answer is JSON and not cached. A request that matches no route, or only the
 * pages' wildcard, is judged by its address.
 */
export function isApiRequest({ routeOptions, url }: FastifyRequest): boolean {
  const isDeclaredOpen = routeOptions.url === undefined || routeOptions.config.access === "open";
  return !isDeclaredOpen || url.startsWith("/api/");
}

export function access(sessions: Sessions): onRequestAsyncHookHandler {
  return async (request, reply) => {
    if (!isApiRequest(request)) return;
    reply.header("cache-control", "no-store").header("cross-origin-resource-policy", "same-origin");
    refuseForeignPage(request, reply);
    refuseUnmarked(request, reply);
    const { config, url } = request.routeOptions;
    if (url === undefined || config.access !== undefined) return;
    request.session = await sessionFor(request, sessions, config.endsSession);
  };
}

/** A browser that tells where a request comes from is believed when it says “from elsewhere”. */
function refuseForeignPage({ headers }: FastifyRequest, reply: FastifyReply): void {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin") return;
  reply.code(403);
  throw new KalError("KAL_REQUEST_INVALID", {
    message: "Pages of another origin may not use this service.",
  });
}

function refuseUnmarked({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (headers[requestHeader.name.toLowerCase()] === requestHeader.value) return;
  reply.code(403);
  throw new KalError("KAL_REQUEST_INVALID", {
    message: `The header ${requestHeader.name}: ${requestHeader.value} is missing.`,
  });
}

/** @param endsSession whether the session is to end also where it cannot be read, as without Redis. */
async function sessionFor(
  { headers }: FastifyRequest,
  sessions: Sessions,
  endsSession = false,
): Promise<Session> {
  const [, ticket] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (ticket === undefined) throw new KalError("KAL_NOT_CONNECTED");
  const session = await sessions.find(ticket).catch(async (error: unknown) => {
    if (!endsSession) throw error;
    await sessions.close(ticket);
    return undefined;
  });
  if (session === undefined) throw new KalError("KAL_SESSION_ENDED");
  return session;
}
