/**
 * A deadline for each call, and one signal that stops all its work.
 *
 * Fastify's own `request.signal` listens to the incoming message, which Node closes as soon as the body is read: for a
 * POST it never aborts. The response closes with the connection.
 * @module
 */
import type { onRequestHookHandler, onRouteHookHandler, RouteHandlerMethod } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import { unlessAborted } from "../deadline.ts";

/**
 * Gives each request a signal that aborts when its caller leaves, or with KAL_TIMEOUT at its deadline. The time starts
 * with the request's headers and includes queueing and sending: an answer not fully sent by then is cut off.
 * @param maxSeconds for a whole call.
 */
export function callerSignal(maxSeconds: number): onRequestHookHandler {
  return (request, reply, done) => {
    const controller = new AbortController();
    request.callerSignal = controller.signal;
    const hasDeadline = request.routeOptions.config.deadline !== false;
    const timer = hasDeadline ? setTimeout(endAll, maxSeconds * 1000) : undefined;
    function endAll(): void {
      const message = `The whole answer took longer than ${maxSeconds} s.`;
      controller.abort(new KalError("KAL_TIMEOUT", { message }));
      if (reply.raw.headersSent) reply.raw.destroy();
    }
    reply.raw.once("close", () => {
      clearTimeout(timer);
      if (!reply.raw.writableFinished) controller.abort();
    });
    done();
  };
}

/** Makes every route answer when its request's signal aborts, even if its handler does not listen to the signal. */
export const endWithCaller: onRouteHookHandler = (route) => {
  const { handler } = route;
  const ending: RouteHandlerMethod = function (request, reply) {
    const answer: unknown = handler.call(this, request, reply);
    return answer instanceof Promise ? unlessAborted(request.callerSignal, answer) : answer;
  };
  route.handler = ending;
};
