/**
 * The metrics for Prometheus, as one table.
 *
 * Labels are routes, codes and ids of configured environments: nothing that a caller sends, nothing that names a
 * client, and only a limited number, so that memory does not grow.
 * @module
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { BreakerState } from "../data-api/circuit-breaker.ts";

/** Seconds, from what the gateway adds to a warm query to the duration of a large pull. */
const durations = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

export interface Metrics {
  /** @param code the error code; undefined for an answer without error. */
  request(method: string, route: string, status: number, code: string | undefined, seconds: number): void;
  /** @param outcome `ok` or an error code. */
  upstream(environment: string, outcome: string, seconds: number): void;
  /** Counts the breakers that are not closed. */
  breaker(environment: string, state: BreakerState, before: BreakerState): void;
  /** @param outcome `ok` or an error code. */
  tokenRequest(environment: string, outcome: string, seconds: number): void;
  /** @param bytes used by large answers in progress. */
  answerMemory(bytes: () => number): void;
  /** @param kind of the request. @param origin the source of its answer. */
  sharedAnswer(kind: string, origin: string): void;
  /** @param count sessions that are alive. */
  sessions(count: () => { readonly typed: number; readonly analysts: number }): void;
  /** @param outcome `ok`, a refusal reason, or an error code. */
  signIn(kind: "sign-in" | "renewal", outcome: string): void;
  /** @param connection of the organisation. @param outcome `ok`, `caller-gone` or an error code. */
  connectionUse(connection: string, outcome: string): void;
  /** Somebody requested an organisation's connection that their roles do not open. */
  roleRefused(connection: string): void;
  /** Another of a connection's secrets is now in use. */
  secretServes(connection: string, name: string): void;
  /** @param count audit events that could not be written. */
  auditLosses(count: () => number): void;
  /** All metrics in Prometheus' text format. */
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
  const sharedAnswers = new Counter({
    name: "kal_shared_answers_total",
    help: "Answers by where they came from: pull, joined (another caller’s pull), memory, replica.",
    labelNames: ["kind", "origin"],
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
  let countSessions = () => ({ typed: 0, analysts: 0 });
  new Gauge({
    name: "kal_sessions",
    help: "Living sessions that this process has opened or met.",
    labelNames: ["kind"],
    registers,
    collect() {
      const { typed, analysts } = countSessions();
      this.set({ kind: "typed" }, typed);
      this.set({ kind: "analyst" }, analysts);
    },
  });
  const signIns = new Counter({
    name: "kal_sign_ins_total",
    help: "Sign-ins of analysts and their renewals.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const connectionUses = new Counter({
    name: "kal_connection_requests_total",
    help: "Requests to connections of the organisation.",
    labelNames: ["connection", "outcome"],
    registers,
  });
  const rolesRefused = new Counter({
    name: "kal_roles_refused_total",
    help: "Requests to a connection of the organisation by somebody without a role for it.",
    labelNames: ["connection"],
    registers,
  });
  const secrets = new Gauge({
    name: "kal_connection_secret",
    help: "Which secret of a connection serves: 1 for secret or nextSecret.",
    labelNames: ["connection", "secret"],
    registers,
  });
  let countLosses = () => 0;
  new Gauge({
    name: "kal_audit_losses",
    help: "Audit events that could not be written since the start.",
    registers,
    collect() {
      this.set(countLosses());
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
    sharedAnswer: (kind, origin) => sharedAnswers.inc({ kind, origin }),
    sessions: (count) => {
      countSessions = count;
    },
    signIn: (kind, outcome) => signIns.inc({ kind, outcome }),
    connectionUse: (connection, outcome) => connectionUses.inc({ connection, outcome }),
    roleRefused: (connection) => rolesRefused.inc({ connection }),
    secretServes: (connection, name) => {
      for (const secret of ["secret", "nextSecret"])
        secrets.set({ connection, secret }, Number(secret === name));
    },
    auditLosses: (count) => {
      countLosses = count;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
