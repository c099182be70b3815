/**
 * Tells a request's handler that its caller has gone.
 *
 * Fastify's own `request.signal` listens to the incoming message, which Node closes as soon as a body is read:
 * for a POST it never aborts. The outgoing side closes with the connection.
 * @module
 */
import type { onRequestHookHandler } from "fastify";

export const callerSignal: onRequestHookHandler = (request, reply, done) => {
  const controller = new AbortController();
  request.callerSignal = controller.signal;
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  done();
};
