/**
 * The store that an organisation's replicas share: Redis. A session deleted by one replica is gone for all of them at
 * once, because each request reads it again.
 *
 * Entries expire with Redis's own key expiry, given as a duration, so the clocks of two machines need not agree. While
 * Redis cannot be reached, every call fails at once with an error that says so: we never accept a ticket without
 * checking it. The client reconnects by itself.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { connectRedis, isFull, type RedisClient, type RedisOptions } from "./redis-connection.ts";
import { maxEntries, type Store, storeFull } from "./store.ts";

const prefix = "kal:session:";

/** Pause before a failed deletion is sent to Redis again. */
const retryMs = 2_000;

export interface RedisStoreOptions extends RedisOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Connects to Redis. If it cannot be reached yet, the log says so and the client keeps trying.
 * @throws ConfigurationError if Redis rejects what the URL says.
 */
export async function createRedisStore({ now, ...options }: RedisStoreOptions): Promise<Store> {
  const connection = await connectRedis(options);

  async function ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    try {
      return await connection.ask(command);
    } catch (error) {
      throw isFull(error) ? storeFull(error) : notReached(error);
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
          message: "This connection has ended here, but Redis could not be updated.",
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
          `Redis did not receive ${undone.size} deletion(s) of sessions, which stay valid until they end by ` +
            `themselves: delete the keys ${prefix}* where that is too late.`,
          { cause: error },
        );
      } finally {
        clearTimeout(retry);
        connection.close();
      }
    },
  };
}

function notReached(cause?: unknown): KalError {
  return new KalError("KAL_GATEWAY_INTERNAL", {
    message: "The KAL service cannot reach its session store.",
    hint: "Try again in a minute; nothing is lost. If this persists, tell your administrator.",
    cause,
  });
}
