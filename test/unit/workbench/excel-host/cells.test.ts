import { describe, expect, it } from "vitest";
import { cellError, cellsOfFailure, cellsOfValue } from "../../../../src/workbench/excel-host/cells.ts";

describe("the cells of a value", () => {
  it.each<[string, unknown, unknown]>([
    ["a text", "a", [[{ value: "a" }]]],
    ["nothing", null, [[{ value: 0 }]]],
    ["a row with a gap", [[1, null]], [[{ value: 1 }, { value: 0 }]]],
    [
      "a date",
      { type: "Double", basicValue: 46000, numberFormat: "yyyy-mm-dd" },
      [[{ value: 46000, numberFormat: "yyyy-mm-dd" }]],
    ],
    ["a text as data type", { type: "String", basicValue: "a" }, [[{ value: "a" }]]],
    ["a list that is no matrix", [1, 2], [[{ error: "#VALUE!" }]]],
    ["an empty matrix", [[]], [[{ error: "#VALUE!" }]]],
    ["no rows", [], [[{ error: "#VALUE!" }]]],
    ["ragged rows", [[1, 2], [3]], [[{ error: "#VALUE!" }]]],
    ["an entity, which is not shown here", { type: "Entity", text: "Site" }, [[{ error: "#VALUE!" }]]],
    [
      "an error among values",
      [[1, { type: "Error", basicValue: "#N/A", message: "none" }]],
      [[{ value: 1 }, { error: "#N/A", message: "none" }]],
    ],
    ["an unknown error", { type: "Error", basicValue: "#SPAM!" }, [[{ error: "#VALUE!" }]]],
    ["a text as long as a cell takes", "a".repeat(32767), [[{ value: "a".repeat(32767) }]]],
    ["a longer one", "a".repeat(32768), [[{ error: "#VALUE!" }]]],
  ])("%s", (_what, value, cells) => {
    expect(cellsOfValue(value, true)).toEqual(cells);
  });

  it("are errors for data types that this Excel does not support, and errors stay errors", () => {
    const date = { type: "Double", basicValue: 46000, numberFormat: "yyyy-mm-dd" };
    expect(cellsOfValue([[date, 1, { type: "Error", basicValue: "#N/A" }]], false)).toEqual([
      [{ error: "#VALUE!" }, { value: 1 }, { error: "#N/A" }],
    ]);
  });
});

describe("the cell of a failure", () => {
  it.each<[number, unknown, unknown]>([
    [0, "Error: line of a log", { error: "#VALUE!" }],
    [1, "no match", { error: "#N/A", message: "no match" }],
    [2, "", { error: "#VALUE!" }],
    [3, "rejected with a text", { error: "#VALUE!", message: "rejected with a text" }],
    [5, "lost", { error: "#DIV/0!" }],
    [6, "Infinity", { error: "#NUM!" }],
    [7, "what to do", { error: "#VALUE!", message: "what to do" }],
    [8, "", { error: "#NULL!" }],
    [10, {}, { error: "#NAME?" }],
  ])("code %i", (code, message, cell) => {
    expect(cellsOfFailure(code, message)).toEqual([[cell]]);
  });

  it("has no text where Excel shows none", () => {
    expect(cellError("#NUM!", "text")).toEqual({ error: "#NUM!" });
  });
});
