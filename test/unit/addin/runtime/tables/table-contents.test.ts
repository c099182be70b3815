import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentsOf, headingsOf } from "../../../../../src/addin/runtime/tables/table-contents.ts";
import type { CellForm } from "../../../../../src/addin/runtime/cells.ts";
import type { ColumnType, TableValue } from "../../../../../src/kalibrate/table.ts";

const form: CellForm = { dates: "double", dateFormat: "yyyy-mm-dd", empty: "" };
const column = (type: ColumnType, name: string = type, label: string = type) => ({ name, label, type });

function contentOf(value: TableValue, type: ColumnType) {
  return [...contentsOf({ columns: [column(type)], rows: [[value]] }, form)][0]![0];
}

describe("contents of a table's cells", () => {
  it.each<[TableValue, ColumnType, unknown]>([
    [null, "text", ""],
    [null, "number", ""],
    ["", "text", ""],
    [1.5, "number", 1.5],
    ["1.50", "number", 1.5],
    [true, "boolean", true],
    ["0012", "text", "'0012"],
    ["=1+1", "text", "'=1+1"],
    ["'quoted", "text", "''quoted"],
    ["2026-11-26", "date", 46352],
    ["2026-11-26T06:00:00+01:00", "datetime", 46352.25],
    ["not a date", "date", "'not a date"],
  ])("%j in a column of the type %s is %j", (value, type, expected) => {
    expect(contentOf(value, type)).toBe(expected);
  });

  it("begin with the mark wherever they are texts: Excel would read them as typed", () => {
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom("=", "+", "-", "@", "\t"), fc.string()).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom<ColumnType>("text", "boolean", "date", "datetime"), (given, type) => {
        const content = contentOf(given, type);
        if (typeof content === "string") expect(content).toBe(given === "" ? "" : `'${given}`);
      }),
    );
  });

  it("are cut where a cell can hold no more", () => {
    expect(contentOf("x".repeat(32_767), "text")).toBe(`'${"x".repeat(32_767)}`);
    expect(contentOf("x".repeat(40_000), "text")).toBe(`'${"x".repeat(32_766)}…`);
  });
});

it("dates are plain numbers, and absent values zero, where the workbook wants them so", () => {
  const columns = [column("date"), column("text")];
  const plain: CellForm = { ...form, dates: "serial", empty: 0 };
  const table = { columns, rows: [["2026-11-26", null]] };
  expect([...contentsOf(table, plain)]).toEqual([[46352, 0]]);
});

describe("headings", () => {
  const columns = [
    column("text", "name", "Name"),
    column("text", "NAME", "Name"),
    column("text", "name 2", "Other"),
    column("text", "name", "Name"),
  ];
  it.each([
    [1, ["name", "NAME 2", "name 2 2", "name 3"]],
    [2, ["Name", "Name 2", "Other", "Name 3"]],
  ] as const)("of the kind %i differ whatever their case", (headers, expected) => {
    expect(headingsOf({ columns, rows: [] }, headers)).toEqual(expected);
  });
});
