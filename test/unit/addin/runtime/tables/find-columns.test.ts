import { describe, expect, it } from "vitest";
import { findColumns, runsOf } from "../../../../../src/addin/runtime/tables/find-columns.ts";

describe("the query’s columns in a table", () => {
  const kept = { headings: ["code", "price", "since"], row: ["code", "price", "since", "note"] };

  it.each<[string, string[], (number | undefined)[]]>([
    ["as they were", ["code", "price", "since", "note"], [0, 1, 2]],
    ["in other letters", ["Code", "PRICE", "since", "note"], [0, 1, 2]],
    ["moved", ["note", "since", "code", "price"], [2, 3, 1]],
    ["renamed", ["code", "What it costs", "since", "note"], [0, 1, 2]],
    ["all renamed", ["a", "b", "c", "note"], [0, 1, 2]],
    ["renamed, with one more at the end", ["code", "costs", "since", "note", "mine"], [0, 1, 2]],
    ["deleted", ["code", "since", "note"], [0, undefined, 1]],
    ["deleted, with another in its stead at the end", ["code", "since", "note", "mine"], [0, undefined, 1]],
    ["with one put between", ["code", "mine", "price", "since", "note"], [0, 2, 3]],
    ["with one put between, and one renamed", ["code", "mine", "costs", "since", "note"], [0, 1, 3]],
    ["gone altogether", ["x"], [undefined, undefined, undefined]],
  ])("%s", (_, now, places) => {
    expect(findColumns(kept, now)).toEqual(places);
  });

  it("stand together in as few runs as may be, from left to right", () => {
    expect(runsOf([2, 3, 0, undefined])).toEqual([
      { start: 0, fields: [2] },
      { start: 2, fields: [0, 1] },
    ]);
    expect(runsOf([undefined])).toEqual([]);
  });
});
