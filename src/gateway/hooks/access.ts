/**
 * Deny by default: checks every request before its route, in one place for all routes.
 *
 * A route can require less with `config.access`; the default is the strictest.
 *
 * - `open`: nothing. For pages and health.
 * - `marked`: the header that every API call carries. A browser sends it across origins only after a preflight, which
 *   we never allow.
 * - not set: that header and a valid ticket.
 * @module
 */
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { requestHeader } from "../../kalibrate/gateway-api.ts";
import type { Session, Sessions } from "../sessions/sessions.ts";

export type Access = "open" | "marked";

/**
 * The session of a request to a route that requires a ticket.
 * @throws KalError KAL_NOT_CONNECTED on any other route.
 */
export function sessionOf({ session }: Pick<FastifyRequest, "session">): Session {
  if (session === null) throw new KalError("KAL_NOT_CONNECTED");
  return session;
}

/**
 * Whether a request is an API call: its answer is JSON and not cached. If no route matches, or only the wildcard of
 * the pages, the URL decides.
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

/** Refuses a request if the browser itself says that it comes from another site. */
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

/** @param endsSession whether the session should end even if it cannot be read, for example without Redis. */
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
