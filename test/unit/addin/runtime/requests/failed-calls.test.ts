import { beforeEach, describe, expect, it } from "vitest";
import { createFailedCalls } from "../../../../../src/addin/runtime/requests/failed-calls.ts";

const bad = { collection: "price", query: "(", fields: null };
const other = { collection: "price", query: [["entityVariant", "=", "Own"]], fields: null };
const status = { property: "state", connection: null };

let calls = createFailedCalls();
beforeEach(() => void (calls = createFailedCalls()));

/** Whether the cell's latest call is one that failed; undefined where none has. */
const stateOf = (address: string) => calls.take().get(address)?.isLatest;

describe("a cell", () => {
  it("counts as failed until the same call has succeeded", () => {
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordSuccess("Sheet1!A1", { ...bad });
    expect(calls.take().size).toBe(0);
  });

  it("counts as failed though another call in it went well, before or after", () => {
    calls.recordSuccess("Sheet1!A1", status);
    calls.recordFailure("Sheet1!A1", bad);
    expect(stateOf("Sheet1!A1")).toBe(true);
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordSuccess("Sheet1!A1", status);
    expect(stateOf("Sheet1!A1")).toBe(false);
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordFailure("Sheet1!A1", other);
    calls.recordSuccess("Sheet1!A1", other);
    expect(stateOf("Sheet1!A1")).toBe(false);
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordSuccess("Sheet1!A1", other);
    calls.recordFailure("Sheet1!A1", other);
    expect(stateOf("Sheet1!A1")).toBe(true);
  });

  it("tells functions apart that were given the same values", () => {
    calls.recordFailure("Sheet1!A1", { property: "a", connection: null });
    calls.recordSuccess("Sheet1!A1", { collection: "a", query: null });
    expect(stateOf("Sheet1!A1")).toBe(false);
  });

  it("forgets a call that is given up, which says nothing about the others", () => {
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordGivenUp("Sheet1!A1", bad);
    expect(calls.take().size).toBe(0);
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordFailure("Sheet1!A1", other);
    calls.recordGivenUp("Sheet1!A1", bad);
    expect(stateOf("Sheet1!A1")).toBe(true);
  });

  it("is one of many, each by itself", () => {
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordFailure("Sheet1!A2", bad);
    calls.recordSuccess("Sheet1!A1", bad);
    calls.recordFailure(undefined, bad);
    expect([...calls.take().keys()]).toEqual(["Sheet1!A2"]);
    expect(calls.take().size).toBe(0);
  });

  it("is put back where nothing could be done, unless it has failed anew", () => {
    calls.recordFailure("Sheet1!A1", bad);
    calls.recordFailure("Sheet1!A2", bad);
    const taken = calls.take();
    calls.recordFailure("Sheet1!A2", other);
    calls.restore(taken);
    calls.recordSuccess("Sheet1!A2", other);
    expect([...calls.take().keys()]).toEqual(["Sheet1!A1"]);
  });
});

it("memory is bounded: in cells, and in the calls of each", () => {
  for (let at = 0; at < 100_010; at += 1) calls.recordFailure(`Sheet1!A${at}`, bad);
  for (let at = 0; at < 100; at += 1) calls.recordFailure("Sheet1!A1", { query: String(at) });
  const cells = calls.take();
  expect(cells.size).toBe(100_000);
  expect(cells.get("Sheet1!A1")!.calls.size).toBe(20);
});
