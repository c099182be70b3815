/**
 * Shares answers between replicas through Redis: one of them pulls, and the others wait for its answer.
 *
 * Redis only saves work: whatever it does, and if it cannot be reached, a replica pulls by itself. Stored answers are
 * sealed, so that a reader of Redis learns neither data nor requests, and a changed answer cannot be opened.
 * @module
 */
import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { RESP_TYPES } from "@redis/client";
import type { Configuration } from "../configuration.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { sealBytes, unsealBytes } from "../sessions/seal.ts";
import type { RedisConnection } from "../store/redis-connection.ts";
import { version } from "../version.ts";
import { type Found, type Packed, type Replicas, spread } from "./answer.ts";
import { pack, sizeOf, unpack } from "./packed.ts";

/** A lock expires this long after its holder has last renewed it, for example when the holder was killed. */
const lockMs = 10_000;
const renewalMs = 3_000;

/** Pauses between two checks of another replica's pull. */
const firstPauseMs = 25;
const maxPauseMs = 400;

/** A larger answer is not stored in Redis: it would exceed the time for a command. Bytes. */
const maxSharedBytes = 16_777_216;

const prefix = "kal:answer:";

/** Only the holder of a lock may renew or end it. */
const renew = `return redis.call("get", KEYS[1]) == ARGV[1] and redis.call("pexpire", KEYS[1], ARGV[2]) or 0`;
const release = `return redis.call("get", KEYS[1]) == ARGV[1] and redis.call("del", KEYS[1]) or 0`;

/** The sealed content. */
interface Kept extends Pick<Found, "lag"> {
  readonly packed: Packed;
  /** Milliseconds since its pull started, when it was stored, and until it expires there. */
  readonly age: number;
  readonly left: number;
}

/** Where an answer is stored under one cache key. */
interface Place {
  readonly name: string;
  readonly sealKey: Buffer;
}

function createPlaces(cacheKey: Buffer): (key: string) => Place {
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", cacheKey, "", `kal ${purpose}`, 32));
  const sealKey = derive("shared answers");
  const nameKey = derive("names of shared answers");
  return (key) => ({
    name: prefix + createHmac("sha256", nameKey).update(`${version}\n${key}`).digest("base64url"),
    sealKey,
  });
}

/** @param keys from the configuration; replicas share answers if one has the other's key, at least as the key before. */
export function createReplicas(
  redis: RedisConnection,
  { cacheKey, previousCacheKey }: Pick<Configuration, "cacheKey" | "previousCacheKey">,
  steady: SteadyClock,
): Replicas {
  const placeOf = createPlaces(cacheKey);
  const formerPlaceOf = previousCacheKey && createPlaces(previousCacheKey);

  async function lookAt({ name, sealKey }: Place): Promise<Found | undefined> {
    const [sealed, left] = await redis.ask((client) =>
      Promise.all([
        client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).get(name),
        client.pTTL(name),
      ]),
    );
    const bytes = sealed && left > 0 ? unsealBytes(sealed, sealKey, name) : undefined;
    if (!bytes) return undefined;
    const kept = deserialize(bytes) as Kept;
    const started = steady() - kept.age - (kept.left - left);
    const answer = await unpack(kept.packed);
    return { answer, packed: Promise.resolve(kept.packed), started, lag: kept.lag, origin: "replica" };
  }

  /** The newer one, if there are two. */
  async function look(place: Place, former: Place | undefined): Promise<Found | undefined> {
    const [found, before] = await Promise.all([lookAt(place), former && lookAt(former)]);
    return found && before ? (found.started < before.started ? before : found) : (found ?? before);
  }

  async function put(
    { name, sealKey }: Place,
    { answer, packed, started, lag }: Found,
    keepFor: number,
  ): Promise<void> {
    const parts = await (packed ?? pack(answer));
    const age = steady() - started;
    const left = Math.floor(keepFor * 1000 - age);
    if (left <= 0 || sizeOf(parts) > maxSharedBytes) return;
    const kept: Kept = { packed: parts, age, left, lag };
    const sealed = sealBytes(serialize(kept), sealKey, name);
    await redis.ask((client) => client.set(name, sealed, { expiration: { type: "PX", value: left } }));
  }

  /** @returns undefined if another replica has the lock. */
  async function lock(name: string): Promise<Lock | undefined> {
    const token = randomBytes(16).toString("base64url");
    const options = { condition: "NX", expiration: { type: "PX", value: lockMs } } as const;
    if ((await redis.ask((client) => client.set(name, token, options))) === null) return undefined;
    const run = (script: string, ...more: string[]) =>
      void redis
        .ask((client) => client.eval(script, { keys: [name], arguments: [token, ...more] }))
        .catch(() => undefined);
    const renewing = setInterval(() => run(renew, String(lockMs)), renewalMs).unref();
    const end = () => {
      clearInterval(renewing);
      run(release);
    };
    return { end };
  }

  /** @returns the answer, or the right to pull it; undefined while another replica pulls. */
  async function lookOrLock(
    place: Place,
    former: Place | undefined,
    isEnough: (found: Found) => boolean,
  ): Promise<Found | Lock | undefined> {
    const before = await look(place, former);
    if (before && isEnough(before)) return before;
    const taken = await lock(`${place.name}:lock`);
    if (!taken) return undefined;
    // The last holder of the lock may have stored it meanwhile.
    const found = await look(place, former).catch(() => undefined);
    if (!found || !isEnough(found)) return taken;
    taken.end();
    return found;
  }

  return {
    async once(key, { formerKey, maxAge, keepFor, pull, stop }) {
      const place = placeOf(key);
      const former = formerKey === undefined ? undefined : formerPlaceOf?.(formerKey);
      const asked = steady();
      for (let pause = 0; ; pause = Math.min(pause * 2 || firstPauseMs, maxPauseMs)) {
        if (pause > 0) await delay(pause, undefined, { signal: stop });
        // A pull that another replica started shortly before may be joined, like one of this replica.
        const oldest = asked - maxAge * 1000 - (pause > 0 ? spread : 0);
        const isEnough = ({ started, lag }: Found) => started - (pause > 0 ? 0 : lag) > oldest;
        const seen = await lookOrLock(place, former, isEnough).catch(() => alone);
        if (seen === undefined) continue;
        if ("answer" in seen) return seen;
        try {
          const found = await pull();
          const packed = pack(found.answer);
          void put(place, { ...found, packed }, keepFor)
            .catch(() => undefined)
            .finally(seen.end);
          return { ...found, packed };
        } catch (error) {
          seen.end();
          throw error;
        }
      }
    },
  };
}

interface Lock {
  readonly end: () => void;
}

/** Used if Redis cannot be reached. */
const alone: Lock = { end: () => undefined };
