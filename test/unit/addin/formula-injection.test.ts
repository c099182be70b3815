/**
 * Text from the Data API stays text. Excel reads what begins with = + - @ as a formula where it is written into a
 * range; what a function returns is a value.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { toCells } from "../../../src/addin/runtime/cells.ts";
import type { ColumnType } from "../../../src/kalibrate/table.ts";

const addin = path.resolve(import.meta.dirname, "../../../src/addin");

it("reaches a cell as a value of its own kind, unchanged, however it begins", () => {
  const starts = fc.constantFrom(
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "=cmd|",
    "=HYPERLINK(",
    "@SUM(",
    "-2+3",
  );
  const types = fc.constantFrom<ColumnType>("text", "number", "boolean", "date", "datetime");
  fc.assert(
    fc.property(starts, fc.string({ maxLength: 50 }), types, (start, rest, type) => {
      const text = `${start}${rest}`;
      fc.pre(!/^-?\d+(\.\d+)?$/.test(text));
      const table = { columns: [{ name: "n", label: "N", type }], rows: [[text]] };
      const form = { dates: "double", dateFormat: "yyyy-mm-dd", empty: "" } as const;
      expect(toCells(table, 0, form).cells).toEqual([[text]]);
    }),
  );
});

it("is written into ranges in five places, marked as text; formulas in others, and they are our own", () => {
  const writing = /\.(formulas\w*|values|valuesAsJson)\s*=[^=]/;
  const files = readdirSync(addin, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const writers = files.filter((file) => writing.test(readFileSync(path.join(addin, file), "utf8")));
  expect(writers.map((file) => file.replaceAll("\\", "/")).sort()).toEqual([
    "commands/records/show-records.ts",
    "runtime/tables/write-rows.ts",
    "runtime/workbook/change-connection.ts",
    "runtime/workbook/convert-to-values.ts",
    "runtime/workbook/snapshot-sheet.ts",
    "taskpane/cells/fill-cells.ts",
    "taskpane/cells/write-formula.ts",
    "taskpane/connection/example/insert-example.ts",
  ]);
});
