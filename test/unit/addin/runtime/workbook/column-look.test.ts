import { describe, expect, it } from "vitest";
import type { CellForm } from "../../../../../src/addin/runtime/cells.ts";
import { looksOf } from "../../../../../src/addin/runtime/workbook/column-look.ts";
import type { ColumnType, TableValue } from "../../../../../src/kalibrate/table.ts";

const form: CellForm = { dates: "double", dateFormat: "dd/mm/yyyy", empty: "" };

function formatOf(type: ColumnType, name: string, values: TableValue[], given = form) {
  const table = { columns: [{ name, label: name, type }], rows: values.map((value) => [value]) };
  return looksOf("price", table, given)[0]!.numberFormat;
}

describe("the number format of a column", () => {
  it.each<[string, ColumnType, string, TableValue[], string | undefined]>([
    ["a day", "date", "day", [null, "2026-11-26"], "dd/mm/yyyy"],
    ["a date with its time", "datetime", "effectiveTime", ["2026-11-26T06:00:00"], "dd/mm/yyyy hh:mm"],
    ["dates that are not there", "datetime", "effectiveTime", [null], undefined],
    ["a text that looks like a date", "text", "source", ["2026-11-26"], undefined],
    ["money by the penny", "number", "price", [1.5, null, 1.45], "0.00"],
    ["money by the tenth of a penny", "number", "price", [1.5, 1.459], "0.000"],
    ["money as text, as .NET writes decimals", "number", "price", ["1.459"], "0.000"],
    ["money behind a reference", "number", "product.currentPrice", [145.9], "0.00"],
    ["a sum of binary fractions", "number", "price", [0.1 + 0.2], "0.00"],
    ["money that is not there", "number", "price", [null], undefined],
    ["a number that is no money", "number", "site.latitude", [51.5], undefined],
  ])("%s", (_, type, name, values, expected) => {
    expect(formatOf(type, name, values)).toBe(expected);
  });

  it("is none for dates that are to be plain numbers", () => {
    expect(formatOf("date", "day", ["2026-11-26"], { ...form, dates: "serial" })).toBeUndefined();
  });
});

it("headings stand above their values: numbers and dates to the right, yes and no in the middle", () => {
  const types: ColumnType[] = ["text", "number", "boolean", "date", "datetime"];
  const columns = types.map((type) => ({ name: type, label: type, type }));
  expect(looksOf("price", { columns, rows: [] }, form).map(({ align }) => align)).toEqual([
    "Left",
    "Right",
    "Center",
    "Right",
    "Right",
  ]);
});
