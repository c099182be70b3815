/**
 * Leaves a Data API alone that fails again and again: callers learn it at once, and the API can come back to itself.
 *
 * Closed, calls pass and are counted. Open, they are refused. Then half-open: one call passes as a probe, and what
 * becomes of it decides.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { Environment } from "../../kalibrate/environments.ts";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";

/** Milliseconds over which calls are counted, in parts that are forgotten one by one. */
const window = 30_000;
const part = 3_000;

/** It opens when of at least so many calls at least this share has failed. */
const leastCalls = 20;
const failingShare = 0.5;

/** Milliseconds for which it stays open. */
const openFor = 15_000;

/**
 * What tells that an API is down. An answer that cannot be used came from somebody who is there, and a plea for a
 * pause or a refusal is an answer.
 */
const failures: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["KAL_UPSTREAM_DOWN", "KAL_TIMEOUT"]);

export type BreakerState = "closed" | "open" | "half-open";

export interface CircuitBreaker {
  readonly state: BreakerState;
  /** @throws KalError KAL_UPSTREAM_DOWN without calling while it is open; else whatever the call throws. */
  run<T>(call: () => Promise<T>): Promise<T>;
}

export interface CircuitBreakerOptions {
  /** The API's host, for the text. */
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onChange: (state: BreakerState) => void;
}

type Outcome = "answered" | "failed" | "abandoned";

export function createCircuitBreaker({ host, now, onChange }: CircuitBreakerOptions): CircuitBreaker {
  let state: BreakerState = "closed";
  let openUntil = 0;
  let probing = false;
  let parts: { readonly began: number; calls: number; failed: number }[] = [];

  function change(to: BreakerState): void {
    if (to === state) return;
    state = to;
    onChange(to);
  }

  function open(): void {
    openUntil = now() + openFor;
    change("open");
  }

  function close(): void {
    parts = [];
    change("closed");
  }

  /** @returns whether the call that may pass is the probe. */
  function admit(): boolean {
    if (state === "open" && now() >= openUntil) change("half-open");
    if (state === "closed") return false;
    if (state === "open" || probing) throw refusal(host, Math.max(openUntil - now(), 1000));
    return (probing = true);
  }

  function count(outcome: Outcome): void {
    // What began before it opened says nothing new.
    if (state !== "closed" || outcome === "abandoned") return;
    const time = now();
    parts = parts.filter(({ began }) => time - began < window);
    let latest = parts.at(-1);
    if (!latest || time - latest.began >= part) parts.push((latest = { began: time, calls: 0, failed: 0 }));
    latest.calls++;
    if (outcome === "failed") latest.failed++;
    const calls = parts.reduce((sum, one) => sum + one.calls, 0);
    const failed = parts.reduce((sum, one) => sum + one.failed, 0);
    if (calls >= leastCalls && failed / calls >= failingShare) open();
  }

  function judgeProbe(outcome: Outcome): void {
    probing = false;
    if (outcome === "answered") close();
    if (outcome === "failed") open();
  }

  return {
    get state() {
      return state;
    },
    async run(call) {
      const judge = admit() ? judgeProbe : count;
      try {
        const answer = await call();
        judge("answered");
        return answer;
      } catch (error) {
        judge(outcomeOf(error));
        throw error;
      }
    },
  };
}

function outcomeOf(error: unknown): Outcome {
  // Only a caller who has gone makes a call end with anything else than an error of the catalogue.
  if (!(error instanceof KalError)) return "abandoned";
  return failures.has(error.code) ? "failed" : "answered";
}

function refusal(host: string, wait: number): KalError {
  const retryAfter = Math.ceil(wait / 1000);
  return new KalError("KAL_UPSTREAM_DOWN", {
    message: `The Kalibrate Data API (${host}) has failed too often; it is left alone for a moment.`,
    retryAfter,
  });
}

/** Base URLs can be typed, so there is an end to how many are remembered. */
const mostBreakers = 500;

export type OnBreakerChange = (environment: Environment, state: BreakerState) => void;

/** A breaker for each base URL. */
export function createCircuitBreakers(
  now: () => number,
  onChange: OnBreakerChange,
): (environment: Environment) => CircuitBreaker {
  const breakers = new LRUCache<string, CircuitBreaker>({ max: mostBreakers });
  return (environment) => {
    const { apiBaseUrl } = environment;
    const known = breakers.get(apiBaseUrl);
    if (known) return known;
    const { host } = new URL(apiBaseUrl);
    const made = createCircuitBreaker({ host, now, onChange: (state) => onChange(environment, state) });
    breakers.set(apiBaseUrl, made);
    return made;
  };
}
