/**
 * How many requests of one credential are worked on at once. The others wait their turn: none is refused, and one
 * whose caller leaves gives up its place.
 * @module
 */
import type { ServerResponse } from "node:http";
import type { preHandlerAsyncHookHandler } from "fastify";
import { LRUCache } from "lru-cache";
import pLimit, { type LimitFunction } from "p-limit";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { findSession } from "./access.ts";

/** Credentials whose queues are kept; one that is forgotten while it is busy begins to count anew. */
const mostQueues = 10_000;

/** @param most requests at once for each credential. */
export function concurrency(most: number, credentialKey: CredentialKey): preHandlerAsyncHookHandler {
  const queues = new LRUCache<string, LimitFunction>({ max: mostQueues, memoMethod: () => pLimit(most) });

  return async (request, reply) => {
    const session = findSession(request);
    if (session === undefined || request.routeOptions.config.queued === false) return;
    const key = credentialKey(session.connection);
    const queue = queues.memo(key);
    await new Promise<void>((begin) => {
      void queue(() => {
        begin();
        return closeOf(reply.raw);
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
