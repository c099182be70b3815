/**
 * What every call to the API must show before anything looks at its ticket.
 *
 * The header cannot be sent across origins without leave, which is never given; a browser that tells where a
 * request comes from is believed when it says “from elsewhere”.
 * @module
 */
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { requestHeader } from "../../kalibrate/gateway-api.ts";

/**
 * Whether a request is one to the API. The route's pattern decides, as the router matches `/%61pi` too; what
 * matches no route is judged by its address.
 */
export function isApiRequest(request: FastifyRequest): boolean {
  return [request.routeOptions.url, request.url].some((address) => address?.startsWith("/api/"));
}

export const apiRequest: onRequestHookHandler = (request, reply, done) => {
  if (!isApiRequest(request)) return done();
  reply.header("cache-control", "no-store").header("cross-origin-resource-policy", "same-origin");
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") {
    reply.code(403);
    return done(
      new KalError("KAL_REQUEST_INVALID", { message: "Pages of another origin may not use this service." }),
    );
  }
  if (request.headers[requestHeader.name.toLowerCase()] !== requestHeader.value) {
    reply.code(403);
    const message = `The header ${requestHeader.name}: ${requestHeader.value} is missing.`;
    return done(new KalError("KAL_REQUEST_INVALID", { message }));
  }
  done();
};
