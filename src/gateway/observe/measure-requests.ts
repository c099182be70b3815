/**
 * Measures every request, including those whose caller leaves before the answer.
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import type { Metrics } from "./metrics.ts";

/** The status that web servers record for a caller who left. */
const callerGone = 499;

export function measureRequests(metrics: Metrics): onRequestHookHandler {
  return (request, reply, done) => {
    reply.raw.once("close", () => {
      const { method, routeOptions, errorCode } = request;
      const status = reply.raw.writableFinished ? reply.statusCode : callerGone;
      // The route's pattern, never the URL; all requests without a route count as one.
      metrics.request(method, routeOptions.url ?? "", status, errorCode, reply.elapsedTime / 1000);
    });
    done();
  };
}
