/**
 * Answers only under its own names: a foreign name that resolves to this computer (DNS rebinding) gets nothing.
 * @module
 */
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";

/**
 * The origins that are this service: this computer's names with the port on which the request came in, and the
 * configured one.
 */
export function ownOrigins(request: FastifyRequest, configured: string | undefined): string[] {
  const { localPort } = request.raw.socket;
  const local = ["localhost", "127.0.0.1", "[::1]"].map(
    (name) => new URL(`${request.protocol}://${name}:${localPort}`),
  );
  return [...local.map((url) => url.origin), ...(configured === undefined ? [] : [configured])];
}

/** @param origin the configured origin. */
export function allowedHosts(origin: string | undefined): onRequestHookHandler {
  return (request, reply, done) => {
    const [host, second] = (request.raw.headersDistinct["host"] ?? []).map((name) => name.toLowerCase());
    // Of two names a proxy may have believed the other one (RFC 9112, 3.2).
    const own = second === undefined && ownOrigins(request, origin).some((one) => new URL(one).host === host);
    if (own) return done();
    reply.code(421);
    done(
      new KalError("KAL_REQUEST_INVALID", { message: "This service does not answer under this host name." }),
    );
  };
}
