/**
 * Limits how many requests of one credential run at once. The others queue before their bodies are read, so a queued
 * request costs only its connection. The people who share a credential take turns.
 *
 * A slot is released when the answer has been read. A large answer, whose memory is counted (answer-memory.ts),
 * releases it as soon as the answer is ready, so a slow reader does not block others.
 * @module
 */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Connection } from "../sessions/connection.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { createTurns } from "../turns.ts";
import { shareOf } from "./share.ts";

/** Queued requests of one credential, and of all: an unread body takes up to 64 kB of a connection's buffers. */
const maxWaitingPerOwner = 2000;
const maxWaiting = 5000;

/** Time for a body to arrive once we start to read it. Before that it waits in the connection. Milliseconds. */
const maxBodyTime = 30_000;

/** A caller who reads nothing of the answer for this long is cut off. Milliseconds. */
const maxReadPause = 30_000;

/** A request's turn, for a call that consists of several: it ends its own, and takes one for each of them. */
export interface Turn {
  end(): void;
  /** @returns the function that ends the turn. @throws as `Turns.take` */
  take(connection: Connection, signal: AbortSignal): Promise<() => void>;
}

/** @param maxAtOnce concurrent requests per credential. */
export function limitConcurrency(
  app: FastifyInstance,
  maxAtOnce: number,
  credentialKey: CredentialKey,
): void {
  const turns = createTurns({ maxAtOncePerOwner: maxAtOnce, maxWaitingPerOwner, maxWaiting });
  const ends = new WeakMap<FastifyRequest, () => void>();

  app.addHook("onRequest", async (request, reply) => {
    const { session } = request;
    if (session === null || request.routeOptions.config.queued === false) return;
    const share = shareOf(session, request.headers, credentialKey);
    const end = await turns.take(share, request.callerSignal);
    ends.set(request, end);
    request.turn = {
      end,
      take: (connection, signal) =>
        turns.take({ owner: credentialKey(connection), person: share.person }, signal),
    };
    if (reply.raw.closed) end();
    else reply.raw.once("close", end);
  });

  app.addHook("preParsing", ({ raw }, _reply, payload, done) => {
    if (raw.complete) return done(null, payload);
    const timer = setTimeout(() => raw.destroy(), maxBodyTime);
    raw.once("close", () => clearTimeout(timer));
    done(null, payload);
  });

  app.addHook("onSend", (request, reply, payload, done) => {
    if (!ends.has(request)) return done();
    const timer = setTimeout(() => reply.raw.destroy(), maxReadPause);
    request.readTimer = timer;
    reply.raw.once("close", () => clearTimeout(timer));
    if (isStream(payload)) ends.get(request)?.();
    done();
  });
}

/** Whether an answer is sent in pieces, as large ones are; see routes/pieces.ts. */
function isStream(payload: unknown): boolean {
  return payload instanceof Readable;
}
