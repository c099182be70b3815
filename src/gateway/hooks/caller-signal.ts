/**
 * Tells a request's handler that nobody waits any more: its caller has gone, or the time for the whole call is up.
 *
 * Fastify's own `request.signal` listens to the incoming message, which Node closes as soon as a body is read:
 * for a POST it never aborts. The outgoing side closes with the connection.
 * @module
 */
import type { onRequestHookHandler } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";

/** @param longest seconds; then the signal aborts with KAL_TIMEOUT as its reason. */
export function callerSignal(longest: number): onRequestHookHandler {
  return (request, reply, done) => {
    const controller = new AbortController();
    request.callerSignal = controller.signal;
    const timer = setTimeout(() => {
      const message = `The whole answer took longer than ${longest} s.`;
      controller.abort(new KalError("KAL_TIMEOUT", { message }));
    }, longest * 1000);
    reply.raw.once("close", () => {
      clearTimeout(timer);
      if (!reply.raw.writableFinished) controller.abort();
    });
    done();
  };
}
