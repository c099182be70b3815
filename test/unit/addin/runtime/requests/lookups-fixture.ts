import { vi } from "vitest";
import { sliceOf, type LookupKey } from "../../../../../src/addin/runtime/requests/lookup-call.ts";
import { createBatchWindow } from "../../../../../src/addin/runtime/requests/batch-window.ts";
import { createLookups } from "../../../../../src/addin/runtime/requests/lookups.ts";
import { createRequestEngine } from "../../../../../src/addin/runtime/requests/request-engine.ts";
import type { LookupAnswer, LookupRequest } from "../../../../../src/kalibrate/gateway-api.ts";

export const connection = {
  name: "sample",
  environment: "sample",
  label: "Sample",
  ticket: "ticket",
  expiresAt: "2030-01-01T00:00:00Z",
};
export const own = "(entityVariant=Own)";
export const slice = sliceOf(connection, "product", own, ["importCode"]);
export const cell = () => ({ onCanceled: (): void => undefined });
export const lookupKey = (value: string | number, field = "price"): LookupKey => ({ field, values: [value] });

/** A gateway whose values tell what was asked. */
export function echo({ requests }: LookupRequest): LookupAnswer {
  return {
    asOf: "2026-11-20T07:00:00Z",
    columns: requests.map(({ field }) => ({ name: field, label: field, type: "text" })),
    results: requests.map(({ field, values }) =>
      values.map((values) => ({ value: `${field} of ${String((values as unknown[])[0])}` })),
    ),
  };
}

export function open(answer: (body: LookupRequest) => LookupAnswer = echo, now: () => number = () => 0) {
  const engine = createRequestEngine(now);
  const call = vi.fn(async (_: unknown, body: LookupRequest, signal: AbortSignal) => {
    signal.throwIfAborted();
    return answer(body);
  });
  return { engine, call, lookups: createLookups(engine, call, createBatchWindow(now).atEnd) };
}

/** However busy the machine is. */
export const runOptions = { timeout: 30_000 };

export const valuesOf = async (found: Promise<{ result: unknown }[]>) =>
  (await found).map(({ result }) => result);
