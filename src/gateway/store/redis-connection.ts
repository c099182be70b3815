/**
 * A connection to Redis that reconnects by itself. A command fails at once while Redis cannot be reached.
 * @module
 */
import { createClient, ErrorReply } from "@redis/client";
import { ConfigurationError } from "../configuration/issues.ts";
import { variables } from "../configuration/variables.ts";
import { withDeadline } from "../deadline.ts";
import type { Log } from "../observe/log.ts";

/** Redis answers in well under a millisecond; after this long the connection is dead. Milliseconds. */
const maxCommandMs = 2_000;

/** Maximum pause between two attempts to connect. Milliseconds. */
const maxPauseMs = 2_000;

/**
 * Some clouds cut connections that are idle for minutes. If a ping is not answered, the connection is dead.
 * Milliseconds.
 */
const pingInterval = 10_000;
const maxSilenceMs = 15_000;

export interface RedisOptions {
  /** `redis://` or `rediss://`; may hold a password. */
  readonly url: string;
  readonly log: Log;
}

export interface RedisConnection {
  /** @throws the client's error, at once if Redis cannot be reached, after two seconds if it does not answer. */
  ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Connects to Redis. If it cannot be reached yet, the log says so and the client keeps trying.
 * @throws ConfigurationError if Redis rejects what the URL says.
 */
export async function connectRedis({ url, log }: RedisOptions): Promise<RedisConnection> {
  const { host } = new URL(url);
  let isStarting = true;
  let isReachable: boolean | undefined;

  function open(): Connection {
    const client = newClient(url, (retries, cause) =>
      isStarting && isRefusal(cause) ? false : wait(retries),
    );
    const settled = new Promise<void>((resolve, reject) => {
      client.on("error", (error: unknown) => {
        if (isStarting && isRefusal(error)) return reject(refused());
        if (isReachable !== false) log.error({ host, error }, "Redis cannot be reached; trying again");
        isReachable = false;
        resolve();
      });
      client.on("ready", () => {
        if (isReachable === false) log.info({ host }, "Redis can be reached again");
        isReachable = true;
        resolve();
      });
    });
    // The error event has already reported the reason.
    client.connect().catch(() => undefined);
    return { client, settled };
  }

  let connection = open();
  await connection.settled;
  // From now on a refusal may come from a password change in progress, so we do not give up.
  isStarting = false;

  /**
   * Leaves a server that does not answer or is no longer the primary. Its name may resolve to another server by now.
   */
  function replace(old: Connection): void {
    if (old !== connection) return;
    old.client.destroy();
    connection = open();
  }

  async function ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    const asked = connection;
    try {
      return await withDeadline(maxCommandMs, undefined, () => command(asked.client));
    } catch (error) {
      if (isSilent(error) || isReadOnly(error)) replace(asked);
      throw error;
    }
  }

  return { ask, close: () => connection.client.destroy() };
}

export type RedisClient = ReturnType<typeof newClient>;

function newClient(url: string, reconnectStrategy: (retries: number, cause: Error) => number | false) {
  return createClient({
    url,
    // Without a connection a command fails at once, because a caller waits for the answer.
    disableOfflineQueue: true,
    pingInterval,
    socket: { connectTimeout: maxCommandMs, socketTimeout: maxSilenceMs, reconnectStrategy },
  });
}

interface Connection {
  readonly client: RedisClient;
  /** Resolves when the first attempt to connect has succeeded or failed. */
  readonly settled: Promise<void>;
}

/** Milliseconds before the next attempt to connect, with jitter so that replicas do not all connect at once. */
function wait(retries: number): number {
  return Math.min(2 ** retries * 50, maxPauseMs) * (0.5 + Math.random() / 2);
}

function refused(): ConfigurationError {
  const expected = "a user name, a password and a database number that Redis accepts";
  return new ConfigurationError([{ path: variables.redisUrl.name, expected }]);
}

/**
 * A definite refusal by Redis. Excludes the temporary ones: it is still loading its data or waiting for its primary.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof ErrorReply && !/^(LOADING|MASTERDOWN|BUSY|TRYAGAIN)\b/.test(error.message);
}

function isSilent(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/** After a fail-over the old connection may lead to a replica. */
function isReadOnly(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("READONLY");
}

/** Redis has reached its `maxmemory` and may not evict anything (`noeviction`). */
export function isFull(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("OOM");
}
