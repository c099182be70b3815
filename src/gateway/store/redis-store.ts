/**
 * The store that an organisation's replicas share: Redis. A session deleted by one replica is gone for all of them at
 * once, because each request reads it again.
 *
 * Entries expire with Redis's own key expiry, given as a duration, so the clocks of two machines need not agree. While
 * Redis cannot be reached, every call fails at once with an error that says so: we never accept a ticket without
 * checking it. The client reconnects by itself.
 * @module
 */
import { createClient, ErrorReply } from "@redis/client";
import { ConfigurationError } from "../configuration/issues.ts";
import { variables } from "../configuration/variables.ts";
import { withDeadline } from "../deadline.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Log } from "../observe/log.ts";
import { maxEntries, type Store, storeFull } from "./store.ts";

const prefix = "kal:session:";

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

/** Pause before a failed deletion is sent to Redis again. */
const retryMs = 2_000;

export interface RedisStoreOptions {
  /** `redis://` or `rediss://`; may hold a password. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Connects to Redis. If it cannot be reached yet, the log says so and the client keeps trying.
 * @throws ConfigurationError if Redis rejects what the URL says.
 */
export async function createRedisStore({ url, now, log }: RedisStoreOptions): Promise<Store> {
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

  async function ask<T>(command: (client: Client) => Promise<T>): Promise<T> {
    const asked = connection;
    try {
      return await withDeadline(maxCommandMs, undefined, () => command(asked.client));
    } catch (error) {
      if (isSilent(error) || isReadOnly(error)) replace(asked);
      if (isFull(error)) throw storeFull(error);
      throw notReached(error);
    }
  }

  /** Whole milliseconds from now; the minimum of 1 for something that has already expired. */
  const until = (expiresAt: number) => Math.max(Math.ceil(expiresAt - now()), 1);

  /** Keys deleted here that Redis still has. */
  const undone = new Set<string>();
  let retry: NodeJS.Timeout | undefined;

  /** Sends the deletions to Redis until it accepts them. */
  async function forget(): Promise<void> {
    clearTimeout(retry);
    const keys = [...undone];
    if (keys.length === 0) return;
    try {
      await ask((client) => client.del(keys.map((key) => prefix + key)));
    } catch (error) {
      retry = setTimeout(() => void forget().catch(() => undefined), retryMs).unref();
      throw error;
    }
    for (const key of keys) undone.delete(key);
  }

  return {
    async get(key) {
      if (undone.has(key)) return undefined;
      const [value, left] = await ask((client) =>
        Promise.all([client.get(prefix + key), client.pTTL(prefix + key)]),
      );
      // It may have expired between the two commands.
      return value === null || left < 0 ? undefined : { value, expiresAt: now() + left };
    },
    async set(key, { value, expiresAt }) {
      const expiration = { type: "PX" as const, value: until(expiresAt) };
      await ask((client) => client.set(prefix + key, value, { expiration }));
    },
    async replace(key, value) {
      if (undone.has(key)) return false;
      const options = { condition: "XX", expiration: "KEEPTTL" } as const;
      return (await ask((client) => client.set(prefix + key, value, options))) !== null;
    },
    async extend(key, expiresAt) {
      return (await ask((client) => client.pExpire(prefix + key, until(expiresAt)))) === 1;
    },
    async delete(key) {
      // Without Redis anybody can send any number of ticket ids, since we cannot check which ones exist.
      if (undone.size >= maxEntries) throw notReached();
      undone.add(key);
      await forget().catch((error: unknown) => {
        throw new KalError("KAL_GATEWAY_INTERNAL", {
          message: "This connection has ended here, but Redis could not be told.",
          hint: "KAL keeps trying. Until it succeeds, other replicas accept the ticket.",
          cause: error,
        });
      });
    },
    async close() {
      try {
        await forget();
      } catch (error) {
        throw new Error(
          `Redis could not be told of ${undone.size} disconnected session(s), which are good until they end by ` +
            `themselves: delete the keys ${prefix}* where that is too late.`,
          { cause: error },
        );
      } finally {
        clearTimeout(retry);
        connection.client.destroy();
      }
    },
  };
}

type Client = ReturnType<typeof newClient>;

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
  readonly client: Client;
  /** Resolves when the first attempt to connect has succeeded or failed. */
  readonly settled: Promise<void>;
}

/** Milliseconds before the next attempt to connect, with jitter so that replicas do not all connect at once. */
function wait(retries: number): number {
  return Math.min(2 ** retries * 50, maxPauseMs) * (0.5 + Math.random() / 2);
}

function notReached(cause?: unknown): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", {
    message: "The KAL service cannot reach its session store.",
    hint: "Try again in a minute; nothing is lost. If this persists, tell your administrator.",
    cause,
  });
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
function isFull(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("OOM");
}
