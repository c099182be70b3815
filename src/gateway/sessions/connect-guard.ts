/**
 * Limits attempts to connect: guessing is slow, and one person's mistake never locks out another.
 *
 * Only refused attempts count, not outages. They are counted per credential including its secret, which is then
 * refused for a while, and per address. Attempts from an address beyond its limit are not refused: they run one at a
 * time with a pause. So a colleague behind the same proxy can still connect with the right secret, also after a
 * restart, while an attacker gets one guess a second. A credential that has worked is never delayed.
 *
 * Successful attempts are counted per credential: a script that connects in a loop would fill the session store, and
 * the identity provider would throttle the client for everybody.
 * @module
 */
import { isIPv6 } from "node:net";
import { LRUCache } from "lru-cache";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Pause } from "../data-api/retry.ts";
import { createRateLimit } from "../rate-limit.ts";
import { maxEntries } from "../store/store.ts";
import type { Connection } from "./connection.ts";
import type { CredentialKey } from "./credential-key.ts";

/**
 * Runs an attempt to connect.
 * @param signal ends the wait in the queue.
 * @throws KalError KAL_THROTTLED, the signal's reason, or what the attempt throws.
 */
export type ConnectGuard = <T>(
  address: string,
  connection: Connection,
  signal: AbortSignal,
  attempt: () => Promise<T>,
) => Promise<T>;

export interface ConnectGuardOptions {
  readonly credentialKey: CredentialKey;
  /** After this many failures from one address in ten minutes, its attempts are paced. */
  readonly failuresPerAddress: number;
  readonly pause: Pause;
  /** The steady clock. */
  readonly now: SteadyClock;
}

/** After this many refusals a credential is locked for `lockTime`. */
const maxRefusals = 10;

/** Seconds. */
const lockTime = 900;

/** The pause before each attempt from an address that has failed too often. Milliseconds. */
const pacedPause = 1000;

/** Attempts from one address that may wait in the queue. */
const maxPaced = 10;

/** Connects of one credential at once, and the same number again over a day: a quarter of a store's capacity. */
const maxConnects = maxEntries / 4;
const day = 86_400;

/** Credentials that we count, of each kind. */
const maxCredentials = 10_000;

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_SECRET_INVALID",
  "KAL_SECRET_EXPIRED",
  "KAL_CLIENT_UNKNOWN",
  "KAL_TENANT_UNKNOWN",
  "KAL_SCOPE_INVALID",
  "KAL_FORBIDDEN",
]);

interface Refused {
  times: number;
  /** Milliseconds on the steady clock. */
  lastAt: number;
}

export function createConnectGuard(options: ConnectGuardOptions): ConnectGuard {
  const { credentialKey, failuresPerAddress, pause, now } = options;
  const addresses = createRateLimit({ limit: failuresPerAddress, period: 600, now });
  const connects = createRateLimit({ limit: maxConnects, period: day, now });
  const worked = new LRUCache<string, true>({ max: maxCredentials });
  const refused = new LRUCache<string, Refused>({ max: maxCredentials });
  /** By address: the number of waiting attempts, and the end of the last one's pause. */
  const paced = new Map<string, { waiting: number; last: Promise<void> }>();

  function refuseLocked(key: string): void {
    const { times = 0, lastAt = 0 } = refused.get(key) ?? {};
    const wait = Math.ceil(lastAt / 1000 + lockTime - now() / 1000);
    if (wait <= 0) refused.delete(key);
    else if (times >= maxRefusals) {
      throw new KalError("KAL_THROTTLED", {
        message: `These credentials were refused ${times} times.`,
        hint: "Compare all five settings with what Kalibrate gave you. KAL tries these again in a quarter of an hour.",
        retryAfter: wait,
      });
    }
  }

  function takeConnect(key: string): void {
    const wait = connects.take(key);
    if (wait === 0) return;
    throw new KalError("KAL_THROTTLED", {
      message: "These credentials connect too often.",
      hint: "Find the script that connects repeatedly: one connection is enough. Existing connections keep working.",
      retryAfter: wait,
    });
  }

  /** Waits for the turn of an attempt from an address with too many failures. */
  async function waitForTurn(address: string, signal: AbortSignal): Promise<void> {
    const queue = paced.get(address) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= maxPaced) {
      throw new KalError("KAL_THROTTLED", {
        message: "Connecting failed too often from this address.",
        hint: "Check the settings, and wait before the next attempt.",
        retryAfter: (maxPaced * pacedPause) / 1000,
      });
    }
    paced.set(address, queue);
    queue.waiting += 1;
    const turn = queue.last.then(() => pause(pacedPause, signal));
    // A caller who leaves ends only their own pause.
    queue.last = turn.catch(() => undefined);
    try {
      await turn;
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) paced.delete(address);
    }
  }

  return async (from, connection, signal, attempt) => {
    const key = credentialKey(connection);
    const address = networkOf(from);
    const counts = !worked.has(key);
    if (counts) refuseLocked(key);
    const isPaced = counts && addresses.take(address) > 0;
    if (isPaced) await waitForTurn(address, signal);
    takeConnect(key);
    const giveBack = () => {
      if (counts && !isPaced) addresses.giveBack(address);
    };
    try {
      const result = await attempt();
      worked.set(key, true);
      refused.delete(key);
      giveBack();
      return result;
    } catch (error) {
      connects.giveBack(key);
      if (!counts) throw error;
      if (error instanceof KalError && refusals.has(error.code)) {
        refused.set(key, { times: (refused.get(key)?.times ?? 0) + 1, lastAt: now() });
      } else giveBack();
      throw error;
    }
  };
}

/** Somebody with one IPv6 address has 2^64 of them, so we count the network. */
function networkOf(address: string): string {
  // `::ffff:192.0.2.1` is an IPv4 address written as IPv6.
  if (!isIPv6(address) || /^::ffff:/i.test(address)) return address;
  const [head = "", tail] = new URL(`http://[${address.split("%", 1)[0]}]`).hostname.slice(1, -1).split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
