/**
 * One deadline for each call, and one signal that ends all work for it.
 *
 * Fastify's own `request.signal` listens to the incoming message, which Node closes as soon as a body is read:
 * for a POST it never aborts. The outgoing side closes with the connection.
 * @module
 */
import type { onRequestHookHandler, onRouteHookHandler, RouteHandlerMethod } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { unlessAborted } from "../deadline.ts";

/**
 * Gives each request a signal that aborts when its caller leaves, or with KAL_TIMEOUT when the call's time is up. The
 * time begins with the request's headers and includes waiting in line and sending: an answer that is not sent by then
 * is cut off.
 * @param maxSeconds for a whole call.
 */
export function callerSignal(maxSeconds: number): onRequestHookHandler {
  return (request, reply, done) => {
    const controller = new AbortController();
    request.callerSignal = controller.signal;
    const timer = setTimeout(() => {
      const message = `The whole answer took longer than ${maxSeconds} s.`;
      controller.abort(new KalError("KAL_TIMEOUT", { message }));
      if (reply.raw.headersSent) reply.raw.destroy();
    }, maxSeconds * 1000);
    reply.raw.once("close", () => {
      clearTimeout(timer);
      if (!reply.raw.writableFinished) controller.abort();
    });
    done();
  };
}

/** Makes every route answer when its request's signal aborts, whether or not what it waits for listens to it. */
export const endWithCaller: onRouteHookHandler = (route) => {
  const { handler } = route;
  const ending: RouteHandlerMethod = function (request, reply) {
    const answer: unknown = handler.call(this, request, reply);
    return answer instanceof Promise ? unlessAborted(request.callerSignal, answer) : answer;
  };
  route.handler = ending;
};
