import { describe, expect, it } from "vitest";
import type { KeptWorkbook } from "../../../../../src/workbench/page/workbooks/kept-workbook.ts";
import { nextName } from "../../../../../src/workbench/page/workbooks/kept-workbook.ts";
import {
  fromFileText,
  readStoredWorkbook,
  toFileText,
} from "../../../../../src/workbench/page/workbooks/workbook-file.ts";

const place = { sheetId: "a", row: 1, column: 2 };
const workbook: KeptWorkbook = {
  id: "1",
  name: "Monday",
  changedAt: 1,
  content: { sheetOrder: ["a"], sheets: { a: { id: "a", cellData: { 0: { 0: { v: 1.5 } } } } } },
  selection: { ...place, rows: 1, columns: 1 },
  answers: [{ place, functionId: "QUERY", args: ["site", null], cells: [[{ value: 1 }]] }],
  settings: { connection: '"sample"' },
  startsAddin: true,
};
const text = toFileText(workbook);
const changed = (more: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...more });

describe("a workbook's file", () => {
  it("gives back what was saved, under the file's name", () => {
    const { content, selection, answers, settings, startsAddin } = workbook;
    expect(fromFileText(text, "Tuesday.kal-workbook.json")).toEqual({
      name: "Tuesday",
      content,
      selection,
      answers,
      settings,
      startsAddin,
    });
  });

  it("opens on its first sheet if the selection is invalid", () => {
    for (const selection of [undefined, 7, { sheetId: "b" }, { ...place, row: -1 }]) {
      expect(fromFileText(changed({ selection }), "x")).not.toHaveProperty("selection");
    }
  });

  it.each([
    { content: undefined },
    { content: { sheetOrder: [], sheets: {} } },
    { content: { sheetOrder: ["b"], sheets: { a: {} } } },
    { content: { sheetOrder: ["a"], sheets: { a: { cellData: [1] } } } },
    { content: { sheetOrder: ["a"], sheets: { a: { cellData: { 0: { 0: "text" } } } } } },
    { answers: undefined },
    { answers: [{}] },
    { answers: [{ place: { ...place, row: "1" }, functionId: "QUERY", args: [], cells: [[{ value: 1 }]] }] },
    { answers: [{ place, functionId: "QUERY", args: [], cells: [] }] },
    { answers: [{ place, functionId: "QUERY", args: [], cells: [[]] }] },
    { settings: { connection: 1 } },
  ])("is refused as damaged with %j", (more) => {
    expect(() => fromFileText(changed(more), "x.json")).toThrow("x.json is damaged");
  });

  it("is refused as damaged wherever it is cut off", () => {
    for (let length = text.indexOf(",") + 1; length < text.length; length += 7) {
      expect(() => fromFileText(text.slice(0, length), "x.json")).toThrow("damaged");
    }
  });
});

describe("a workbook in the browser's storage", () => {
  it("is read as it was written, whole or not at all", () => {
    expect(readStoredWorkbook(structuredClone(workbook))).toEqual(workbook);
    const parts = [undefined, null, 1, "x", [], { ...workbook, id: 1 }, { ...workbook, changedAt: "now" }];
    for (const other of [...parts, { ...workbook, content: {} }]) {
      expect(readStoredWorkbook(other)).toBeUndefined();
    }
  });
});

describe("the next workbook's name", () => {
  it("counts on from the highest", () => {
    expect(nextName([])).toBe("Book1");
    expect(nextName(["Sample prices", "Book2", "Book10", "Book3x"])).toBe("Book11");
  });
});
