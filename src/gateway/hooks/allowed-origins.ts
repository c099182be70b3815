/**
 * Refuses requests from pages of other origins.
 *
 * One file is public: Excel on the web fetches functions.json from its own origin (custom-functions-json: “must have
 * CORS enabled”).
 * @module
 */
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { OwnNames } from "./allowed-hosts.ts";

export function allowedOrigins(ownNames: (request: FastifyRequest) => OwnNames): onRequestHookHandler {
  return (request, reply, done) => {
    const { origin } = request.headers;
    const open = request.routeOptions.config?.anyOrigin === true;
    if (origin === undefined || open || ownNames(request).origins.has(origin)) return done();
    reply.code(403);
    done(
      new KalError("KAL_REQUEST_INVALID", { message: "Pages of another origin may not use this service." }),
    );
  };
}
