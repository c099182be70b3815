/**
 * Limits on connecting that fail: guessing is slow, and one person's mistake never shuts another out.
 *
 * Counted are refusals only, not outages. They are counted per address, and per whole credential with its secret:
 * whoever tries wrong secrets for a colleague's client cannot lock the right one. A credential that has worked is
 * never held up by either.
 * @module
 */
import { isIPv6 } from "node:net";
import { LRUCache } from "lru-cache";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { Connection } from "./connection.ts";
import type { CredentialKey } from "./credential-key.ts";

/** Runs an attempt to connect. @throws KalError KAL_THROTTLED, or what the attempt throws. */
export type ConnectGuard = <T>(
  address: string,
  connection: Connection,
  attempt: () => Promise<T>,
) => Promise<T>;

export interface ConnectGuardOptions {
  readonly credentialKey: CredentialKey;
  /** Failures from one address in ten minutes. */
  readonly failuresPerAddress: number;
  /** The steady clock. */
  readonly now: SteadyClock;
}

/** Refusals of one credential after which it is not asked about for a while. */
const mostRefusals = 10;

/** That while. Seconds. */
const lockTime = 900;

/** Credentials that are remembered, of each kind. */
const mostCredentials = 10_000;

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
  /** Milliseconds by the steady clock. */
  lastAt: number;
}

export function createConnectGuard(options: ConnectGuardOptions): ConnectGuard {
  const { credentialKey, failuresPerAddress, now } = options;
  const addresses = createRateLimit({ limit: failuresPerAddress, period: 600, now });
  const worked = new LRUCache<string, true>({ max: mostCredentials });
  const refused = new LRUCache<string, Refused>({ max: mostCredentials });

  function refuseLocked(key: string): void {
    const { times = 0, lastAt = 0 } = refused.get(key) ?? {};
    const wait = Math.ceil(lastAt / 1000 + lockTime - now() / 1000);
    if (wait <= 0) refused.delete(key);
    else if (times >= mostRefusals) {
      throw new KalError("KAL_THROTTLED", {
        message: `These credentials were refused ${times} times.`,
        hint: "Compare all five settings with what Kalibrate gave you; these are tried again in a quarter of an hour.",
        retryAfter: wait,
      });
    }
  }

  function takeChance(address: string): void {
    const wait = addresses.take(address);
    if (wait === 0) return;
    throw new KalError("KAL_THROTTLED", {
      message: "Connecting failed too often from this address.",
      hint: "Check the settings, and wait before the next attempt.",
      retryAfter: wait,
    });
  }

  return async (from, connection, attempt) => {
    const key = credentialKey(connection);
    const address = networkOf(from);
    const counts = !worked.has(key);
    if (counts) {
      refuseLocked(key);
      takeChance(address);
    }
    try {
      const result = await attempt();
      worked.set(key, true);
      refused.delete(key);
      if (counts) addresses.giveBack(address);
      return result;
    } catch (error) {
      if (!counts) throw error;
      if (error instanceof KalError && refusals.has(error.code)) {
        refused.set(key, { times: (refused.get(key)?.times ?? 0) + 1, lastAt: now() });
      } else addresses.giveBack(address);
      throw error;
    }
  };
}

/** Whoever has one IPv6 address has 2^64 of them: the network counts. */
function networkOf(address: string): string {
  // An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is one all the same.
  if (!isIPv6(address) || /^::ffff:/i.test(address)) return address;
  const [head = "", tail] = new URL(`http://[${address.split("%", 1)[0]}]`).hostname.slice(1, -1).split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
