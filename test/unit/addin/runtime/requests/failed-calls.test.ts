import { beforeEach, describe, expect, it } from "vitest";
import {
  recordFailure,
  recordGivenUp,
  recordSuccess,
  restoreFailedCells,
  takeFailedCells,
} from "../../../../../src/addin/runtime/requests/failed-calls.ts";

const bad = { collection: "price", query: "(", fields: null };
const other = { collection: "price", query: [["entityVariant", "=", "Own"]], fields: null };
const status = { property: "state", connection: null };

/** Whether the cell's latest call is one that failed; undefined where none has. */
const stateOf = (address: string) => takeFailedCells().get(address)?.isLatest;

beforeEach(() => void takeFailedCells());

describe("a cell", () => {
  it("counts as failed until the same call has succeeded", () => {
    recordFailure("Sheet1!A1", bad);
    recordSuccess("Sheet1!A1", { ...bad });
    expect(takeFailedCells().size).toBe(0);
  });

  it("counts as failed though another call in it went well, before or after", () => {
    recordSuccess("Sheet1!A1", status);
    recordFailure("Sheet1!A1", bad);
    expect(stateOf("Sheet1!A1")).toBe(true);
    recordFailure("Sheet1!A1", bad);
    recordSuccess("Sheet1!A1", status);
    expect(stateOf("Sheet1!A1")).toBe(false);
    recordFailure("Sheet1!A1", bad);
    recordFailure("Sheet1!A1", other);
    recordSuccess("Sheet1!A1", other);
    expect(stateOf("Sheet1!A1")).toBe(false);
    recordFailure("Sheet1!A1", bad);
    recordSuccess("Sheet1!A1", other);
    recordFailure("Sheet1!A1", other);
    expect(stateOf("Sheet1!A1")).toBe(true);
  });

  it("tells functions apart that were given the same values", () => {
    recordFailure("Sheet1!A1", { property: "a", connection: null });
    recordSuccess("Sheet1!A1", { collection: "a", query: null });
    expect(stateOf("Sheet1!A1")).toBe(false);
  });

  it("forgets a call that is given up, which says nothing about the others", () => {
    recordFailure("Sheet1!A1", bad);
    recordGivenUp("Sheet1!A1", bad);
    expect(takeFailedCells().size).toBe(0);
    recordFailure("Sheet1!A1", bad);
    recordFailure("Sheet1!A1", other);
    recordGivenUp("Sheet1!A1", bad);
    expect(stateOf("Sheet1!A1")).toBe(true);
  });

  it("is one of many, each by itself", () => {
    recordFailure("Sheet1!A1", bad);
    recordFailure("Sheet1!A2", bad);
    recordSuccess("Sheet1!A1", bad);
    recordFailure(undefined, bad);
    expect([...takeFailedCells().keys()]).toEqual(["Sheet1!A2"]);
    expect(takeFailedCells().size).toBe(0);
  });

  it("is put back where nothing could be done, unless it has failed anew", () => {
    recordFailure("Sheet1!A1", bad);
    recordFailure("Sheet1!A2", bad);
    const taken = takeFailedCells();
    recordFailure("Sheet1!A2", other);
    restoreFailedCells(taken);
    recordSuccess("Sheet1!A2", other);
    expect([...takeFailedCells().keys()]).toEqual(["Sheet1!A1"]);
  });
});

it("memory is bounded: in cells, and in the calls of each", () => {
  for (let at = 0; at < 100_010; at += 1) recordFailure(`Sheet1!A${at}`, bad);
  for (let at = 0; at < 100; at += 1) recordFailure("Sheet1!A1", { query: String(at) });
  const cells = takeFailedCells();
  expect(cells.size).toBe(100_000);
  expect(cells.get("Sheet1!A1")!.calls.size).toBe(20);
});
