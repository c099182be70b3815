/**
 * How many requests of one credential are worked on at once. The others wait their turn: none is refused, and one
 * whose caller leaves gives up its place.
 * @module
 */
import type { ServerResponse } from "node:http";
import type { preHandlerAsyncHookHandler } from "fastify";
import pLimit, { type LimitFunction } from "p-limit";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { findSession } from "./access.ts";

/** @param most requests at once for each credential. */
export function concurrency(most: number, credentialKey: CredentialKey): preHandlerAsyncHookHandler {
  const queues = new Map<string, LimitFunction>();

  return async (request, reply) => {
    const session = findSession(request);
    if (session === undefined || request.routeOptions.config.queued === false) return;
    const key = credentialKey(session.connection);
    const queue = queues.get(key) ?? pLimit(most);
    queues.set(key, queue);
    await new Promise<void>((begin) => {
      const turn = queue(() => {
        begin();
        return closeOf(reply.raw);
      });
      void turn.then(() => {
        if (queue.activeCount + queue.pendingCount === 0) queues.delete(key);
      });
    });
  };
}

/** The end of an answer, whether it was sent or its caller left. */
function closeOf(response: ServerResponse): Promise<void> {
  return new Promise((end) => {
    if (response.closed) end();
    else response.once("close", end);
  });
}
