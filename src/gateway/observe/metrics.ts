/**
 * What Prometheus may know, as one table of metrics.
 *
 * Labels are routes, codes and ids of configured environments: nothing that a caller sends, nothing that names a
 * client, and never so many that the memory grows with them.
 * @module
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { BreakerState } from "../data-api/circuit-breaker.ts";

/** Seconds: from what a warm query adds to what a large pull takes. */
const durations = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

export interface Metrics {
  /** @param code of the catalogue; undefined for an answer without error. */
  request(method: string, route: string, status: number, code: string | undefined, seconds: number): void;
  /** @param outcome `ok` or a code of the catalogue. */
  upstream(environment: string, outcome: string, seconds: number): void;
  /** Counts the breakers that are not closed. */
  breaker(environment: string, state: BreakerState, before: BreakerState): void;
  /** @param outcome `ok` or a code of the catalogue. */
  tokenRequest(environment: string, outcome: string, seconds: number): void;
  /** @param bytes that large answers under way hold. */
  answerMemory(bytes: () => number): void;
  cacheLookup(cache: string, hit: boolean): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // The event loop's delay, memory, garbage collection, handles.
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "kal_request_seconds",
    help: "Requests to this service, from the first byte in to the last one out.",
    labelNames: ["method", "route", "status", "code"],
    buckets: durations,
    registers,
  });
  const upstream = new Histogram({
    name: "kal_upstream_seconds",
    help: "Requests to the Data API, every attempt by itself, read to the end.",
    labelNames: ["environment", "outcome"],
    buckets: durations,
    registers,
  });
  const tokens = new Histogram({
    name: "kal_token_request_seconds",
    help: "Requests to the identity provider.",
    labelNames: ["environment", "outcome"],
    buckets: durations,
    registers,
  });
  const lookups = new Counter({
    name: "kal_cache_lookups_total",
    help: "Lookups in the service’s caches.",
    labelNames: ["cache", "result"],
    registers,
  });
  const breakers = new Gauge({
    name: "kal_breakers_open",
    help: "Credentials whose circuit breaker is open, because the Data API failed too often.",
    labelNames: ["environment"],
    registers,
  });
  let answerBytes = () => 0;
  new Gauge({
    name: "kal_answer_bytes",
    help: "Memory of large answers under way, of all callers together; see KAL_ANSWER_MEMORY.",
    registers,
    collect() {
      this.set(answerBytes());
    },
  });
  new Gauge({
    name: "kal_build_info",
    help: "Version of the service, as a label.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);

  return {
    request: (method, route, status, code, seconds) =>
      requests.observe({ method, route, status, code: code ?? "" }, seconds),
    upstream: (environment, outcome, seconds) => upstream.observe({ environment, outcome }, seconds),
    breaker: (environment, state, before) => {
      if (before === "closed") breakers.inc({ environment });
      if (state === "closed") breakers.dec({ environment });
    },
    tokenRequest: (environment, outcome, seconds) => tokens.observe({ environment, outcome }, seconds),
    answerMemory: (bytes) => {
      answerBytes = bytes;
    },
    cacheLookup: (cache, hit) => lookups.inc({ cache, result: hit ? "hit" : "miss" }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
