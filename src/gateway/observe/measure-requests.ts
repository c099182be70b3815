/**
 * Measures every request, also one whose caller leaves before the answer.
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import type { Metrics } from "./metrics.ts";

/** As web servers count a caller who went away. */
const callerGone = 499;

export function measureRequests(metrics: Metrics): onRequestHookHandler {
  return (request, reply, done) => {
    reply.raw.once("close", () => {
      const { method, routeOptions, errorCode } = request;
      const status = reply.raw.writableFinished ? reply.statusCode : callerGone;
      // The pattern, never the address; what matches none is one route.
      metrics.request(method, routeOptions.url ?? "", status, errorCode, reply.elapsedTime / 1000);
    });
    done();
  };
}
