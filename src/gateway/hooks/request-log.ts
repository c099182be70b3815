/**
 * Logs one line per request: the call and its result, nothing of its content.
 * @module
 */
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import { namedConnection } from "./share.ts";

/** Platforms call these every few seconds. */
const quiet = "/health/";

export const requestLog: onRequestHookHandler = (request, reply, done) => {
  // Not Fastify's onResponse: it is not called if the caller leaves before the answer.
  reply.raw.once("close", () => write(request, reply));
  done();
};

function write(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions, errorCode, session, headers } = request;
  const finished = reply.raw.writableFinished;
  const bytes = Number(reply.getHeader("content-length"));
  const line = {
    method,
    route: routeOptions.url ?? "",
    status: finished ? reply.statusCode : undefined,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    bytes: finished && Number.isFinite(bytes) ? bytes : undefined,
    connection: session === null ? undefined : namedConnection(session, headers)?.name,
    code: errorCode,
  };
  const level = routeOptions.url?.startsWith(quiet) ? "debug" : "info";
  request.log[level](line, finished ? "request" : "the caller went away");
}
