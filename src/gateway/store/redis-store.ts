/**
 * The store that an organisation's replicas share: Redis. What one of them forgets is forgotten by all of them at once,
 * as each request asks anew.
 *
 * An entry's end is the key's own, told as a span, so that the clocks of two machines need not agree. While Redis
 * cannot be reached every call fails at once and says so: a ticket is never believed unseen. Connecting anew goes on
 * by itself.
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

/** Redis answers in well under a millisecond; who waits so long waits for a connection that is dead. Milliseconds. */
const maxCommandMs = 2_000;

/** Milliseconds between two attempts to connect, after the first few. */
const maxPauseMs = 2_000;

/** Some clouds cut what is idle for minutes. A connection so quiet in spite of it is none. Milliseconds. */
const pingInterval = 10_000;
const maxSilenceMs = 15_000;

/** How long after Redis has not taken a deletion it is told again. */
const retryMs = 2_000;

export interface RedisStoreOptions {
  /** `redis://` or `rediss://`; may hold a password. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Connects to Redis; where it cannot be reached yet, that is said in the log and tried again.
 * @throws ConfigurationError where it refuses what the URL says.
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
    // What it rejects with has been told as an error event.
    client.connect().catch(() => undefined);
    return { client, settled };
  }

  let connection = open();
  await connection.settled;
  // From here on a refusal may be a change of password under way, and is no reason to give up.
  isStarting = false;

  /** A server that fell silent, or is no longer the one to write to, is left: its name may lead to another by now. */
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

  /** Whole milliseconds from now on; what is over already gets the shortest time there is. */
  const until = (expiresAt: number) => Math.max(Math.ceil(expiresAt - now()), 1);

  /** Keys that were deleted here and are in Redis still. */
  const undone = new Set<string>();
  let retry: NodeJS.Timeout | undefined;

  /** Tells Redis what was deleted, again and again until it has taken it. */
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
      // Between the two it may have ended.
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
      // Without Redis anybody may end any ticket: which there are is not known then.
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
    // A command without a connection fails at once: the caller waits for an answer.
    disableOfflineQueue: true,
    pingInterval,
    socket: { connectTimeout: maxCommandMs, socketTimeout: maxSilenceMs, reconnectStrategy },
  });
}

interface Connection {
  readonly client: Client;
  /** Once it is connected, or has failed to for the first time. */
  readonly settled: Promise<void>;
}

/** Milliseconds before the next attempt to connect; not the same for every replica. */
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

/** Redis's own “no”, but for those that pass: it reads its data yet, or waits for its primary. */
function isRefusal(error: unknown): boolean {
  return error instanceof ErrorReply && !/^(LOADING|MASTERDOWN|BUSY|TRYAGAIN)\b/.test(error.message);
}

function isSilent(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/** After a fail-over the old connection may lead to what has become a replica. */
function isReadOnly(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("READONLY");
}

/** Redis has reached its `maxmemory` and may not drop anything (`noeviction`). */
function isFull(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("OOM");
}
