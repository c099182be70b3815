/**
 * Refuses requests that pages of other origins make.
 *
 * One file is for everybody: Excel on the web fetches functions.json from its own origin
 * (custom-functions-json: “must have CORS enabled”).
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { ownOrigins } from "./allowed-hosts.ts";

/** @param configured the configured origin. */
export function allowedOrigins(configured: string | undefined): onRequestHookHandler {
  return (request, reply, done) => {
    const { origin } = request.headers;
    const open = request.routeOptions.config?.anyOrigin === true;
    if (origin === undefined || open || ownOrigins(request, configured).includes(origin)) return done();
    reply.code(403);
    done(
      new KalError("KAL_REQUEST_INVALID", { message: "Pages of another origin may not use this service." }),
    );
  };
}
