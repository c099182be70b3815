/**
 * Stops calling a Data API that keeps failing: callers get the error at once, and the API can recover.
 *
 * Closed: calls are made and counted. Open: they are refused. Half-open: the next caller first sends a small request,
 * the probe, and its result decides. The caller's own call may take minutes, or be the one query that makes the API
 * fail.
 *
 * There is one breaker per credential and base URL: requests of one client must not lock out another (R17).
 * @module
 */
import { LRUCache } from "lru-cache";
import type { Environment } from "../../kalibrate/environments.ts";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Connection } from "../sessions/connection.ts";

/** The period over which calls are counted, in parts that expire one by one. Milliseconds. */
const window = 30_000;
const part = 3_000;

/** It opens if at least this share of at least this many calls has failed. */
const minCalls = 20;
const failingShare = 0.5;

/** Milliseconds for which it stays open. */
const openFor = 15_000;

/** Errors that mean that the API is down. An invalid answer, a refusal and a request for a pause are answers. */
const failures: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["KAL_UPSTREAM_DOWN", "KAL_TIMEOUT"]);

export type BreakerState = "closed" | "open" | "half-open";

export interface CircuitBreaker {
  readonly state: BreakerState;
  /**
   * @param probe a small request, sent before the first call after a failure.
   * @throws KalError KAL_UPSTREAM_DOWN without a call while it is open; otherwise any error of call or probe.
   */
  run<T>(call: () => Promise<T>, probe: () => Promise<unknown>): Promise<T>;
  /** Closes it and clears its counts. */
  reset(): void;
}

export interface CircuitBreakerOptions {
  /** The API's host, for messages. */
  readonly host: string;
  /** The steady clock. */
  readonly now: SteadyClock;
  readonly onChange: (state: BreakerState, before: BreakerState) => void;
}

type Outcome = "answered" | "failed" | "abandoned";

export function createCircuitBreaker({ host, now, onChange }: CircuitBreakerOptions): CircuitBreaker {
  let state: BreakerState = "closed";
  let openUntil = 0;
  let probing = false;
  let parts: { readonly began: number; calls: number; failed: number }[] = [];

  function change(to: BreakerState): void {
    if (to === state) return;
    const before = state;
    state = to;
    onChange(to, before);
  }

  function open(): void {
    openUntil = now() + openFor;
    change("open");
  }

  function close(): void {
    parts = [];
    change("closed");
  }

  /** Whether the API must be probed before a call. @throws KalError while no calls are allowed. */
  function needsProbe(): boolean {
    if (state === "open" && now() >= openUntil) change("half-open");
    if (state === "closed") return false;
    if (state === "open" || probing) throw refusal(host, Math.max(openUntil - now(), 1000));
    return true;
  }

  function count(outcome: Outcome): void {
    // Calls that started before it opened give no new information.
    if (state !== "closed" || outcome === "abandoned") return;
    const time = now();
    parts = parts.filter(({ began }) => time - began < window);
    let latest = parts.at(-1);
    if (!latest || time - latest.began >= part) parts.push((latest = { began: time, calls: 0, failed: 0 }));
    latest.calls++;
    if (outcome === "failed") latest.failed++;
    const calls = parts.reduce((sum, part) => sum + part.calls, 0);
    const failed = parts.reduce((sum, part) => sum + part.failed, 0);
    if (calls >= minCalls && failed / calls >= failingShare) open();
  }

  /** @throws the probe's error, unless it is an answer of a reachable API. */
  async function ask(probe: () => Promise<unknown>): Promise<void> {
    probing = true;
    try {
      await probe();
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === "failed") open();
      if (outcome !== "answered") throw error;
    } finally {
      probing = false;
    }
    close();
  }

  return {
    get state() {
      return state;
    },
    async run(call, probe) {
      if (needsProbe()) await ask(probe);
      try {
        const answer = await call();
        count("answered");
        return answer;
      } catch (error) {
        count(outcomeOf(error));
        throw error;
      }
    },
    reset: close,
  };
}

function outcomeOf(error: unknown): Outcome {
  // A call fails with another error only if its caller has left.
  if (!(error instanceof KalError)) return "abandoned";
  return failures.has(error.code) ? "failed" : "answered";
}

function refusal(host: string, wait: number): KalError {
  const retryAfter = Math.ceil(wait / 1000);
  return new KalError("KAL_UPSTREAM_DOWN", {
    message: `The Kalibrate Data API (${host}) has failed too often, so KAL is waiting before it asks again.`,
    retryAfter,
  });
}

/** Maximum number of breakers: credentials in use. */
const maxBreakers = 2000;

export type OnBreakerChange = (environment: Environment, state: BreakerState, before: BreakerState) => void;

/**
 * Creates a breaker per credential and base URL.
 * @param ownerOf identifies credential and base URL of a connection.
 */
export function createCircuitBreakers(
  ownerOf: (connection: Connection) => string,
  now: SteadyClock,
  onChange: OnBreakerChange,
): (connection: Connection) => CircuitBreaker {
  const breakers = new LRUCache<string, CircuitBreaker>({
    max: maxBreakers,
    dispose: (breaker) => breaker.reset(),
  });
  return (connection) => {
    const { environment } = connection;
    const owner = ownerOf(connection);
    const known = breakers.get(owner);
    if (known) return known;
    const { host } = new URL(environment.apiBaseUrl);
    const made = createCircuitBreaker({
      host,
      now,
      onChange: (state, before) => onChange(environment, state, before),
    });
    breakers.set(owner, made);
    return made;
  };
}
