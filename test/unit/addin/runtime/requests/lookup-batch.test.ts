import { describe, expect, it, onTestFinished, vi } from "vitest";
import { KalError } from "../../../../../src/kalibrate/errors.ts";
import type { LookupAnswer } from "../../../../../src/kalibrate/gateway-api.ts";
import { cell, echo, open, slice, valuesOf, lookupKey } from "./lookups-fixture.ts";

describe("lookups of one call", () => {
  it("divide what is too much for one body, and put it together again", async () => {
    const { lookups, call } = open();
    const many = Array.from({ length: 12_000 }, (_, at) => lookupKey(`${"x".repeat(100)}${at}`));
    const results = await valuesOf(lookups.find(slice, many, cell()));
    expect(call.mock.calls.length).toBeGreaterThan(1);
    for (const [, body] of call.mock.calls) expect(JSON.stringify(body).length).toBeLessThan(1_000_000);
    expect(results).toEqual(many.map(({ values }) => ({ value: `price of ${values[0]}` })));
  });

  it("divide by what the body weighs, whatever the script of the values", async () => {
    const { lookups, call } = open();
    await lookups.find(
      slice,
      Array.from({ length: 4000 }, (_, at) => lookupKey(`${"駅".repeat(100)}${at}`)),
      cell(),
    );
    for (const [, body] of call.mock.calls)
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1_048_576);
  });

  it("divide by how many fields one call may name", async () => {
    const { lookups, call } = open();
    const many = Array.from({ length: 250 }, (_, at) => lookupKey("a", `field${at}`));
    const results = await valuesOf(lookups.find(slice, many, cell()));
    for (const [, body] of call.mock.calls) expect(body.requests.length).toBeLessThanOrEqual(100);
    expect(results).toEqual(many.map(({ field }) => ({ value: `${field} of a` })));
  });

  it.each([
    ["a list that is too short", (answer: LookupAnswer) => answer.results[0]?.pop()],
    ["no columns", (answer: LookupAnswer) => answer.columns.pop()],
    ["no results", (answer: LookupAnswer) => answer.results.pop()],
  ])("refuse %s: values would come into wrong cells", async (_, damage) => {
    const { lookups } = open((body) => {
      const answer = echo(body);
      damage(answer);
      return answer;
    });
    await expect(lookups.find(slice, [lookupKey("a"), lookupKey("b")], cell())).rejects.toMatchObject({
      code: "KAL_GATEWAY_INTERNAL",
    });
  });

  it("name a hundred fields in one call, each with as many values as there are", async () => {
    const { lookups, call } = open();
    const fields = Array.from({ length: 100 }, (_, at) => `field${at}`);
    await lookups.find(
      slice,
      [...fields, ...fields].map((field, at) => lookupKey(at, field)),
      cell(),
    );
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("end when nobody waits any more, also where the fields are asked for one by one", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { lookups, call } = open();
    const signals: AbortSignal[] = [];
    call.mockImplementation((_, { requests }, signal) => {
      if (requests.length > 1) return Promise.reject(new KalError("KAL_FIELD_UNKNOWN"));
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    });
    const cells = [cell(), cell()];
    const found = cells.map((cell, at) => lookups.find(slice, [lookupKey("a", ["price", "name"][at])], cell));
    const all = Promise.allSettled(found);
    while (signals.length < 2) await new Promise<void>((resolve) => setImmediate(resolve));
    cells[0]?.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    cells[1]?.onCanceled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    for (const one of await all) expect(one).toMatchObject({ reason: { name: "AbortError" } });
  });
});
