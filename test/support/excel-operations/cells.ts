/**
 * Values, formulas, formats and looks of cells.
 * @module
 */
import type { Operation } from "./operation.ts";

export const cellsOperations: readonly Operation[] = [
  {
    name: "write and read values of each kind",
    run: async (context, sheet) => {
      const range = sheet.getRange("B2:D3");
      range.values = [
        ["text", 1.5, true],
        ["", "12", "'=1+1"],
      ];
      range.load(
        "values,formulas,valueTypes,text,address,rowCount,columnCount,cellCount,rowIndex,columnIndex",
      );
      await context.sync();
      return range.toJSON();
    },
    expected: {
      address: "Operation!B2:D3",
      cellCount: 6,
      columnCount: 3,
      columnIndex: 1,
      rowCount: 2,
      rowIndex: 1,
      values: [
        ["text", 1.5, true],
        ["", 12, "=1+1"],
      ],
      formulas: [
        ["text", 1.5, true],
        ["", 12, "'=1+1"],
      ],
      valueTypes: [
        ["String", "Double", "Boolean"],
        ["Empty", "Double", "String"],
      ],
      text: [
        ["text", "1.5", "TRUE"],
        ["", "12", "=1+1"],
      ],
    },
  },
  {
    name: "leave cells alone for null, fill a range with one value, clear it",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B2");
      range.values = "x" as unknown as string[][];
      range.values = [
        [null, 1],
        [2, null],
      ];
      range.load("values");
      await context.sync();
      const before = range.values;
      range.clear();
      range.load("values");
      await context.sync();
      return [before, range.values];
    },
    expected: [
      [
        ["x", 1],
        [2, "x"],
      ],
      [
        ["", ""],
        ["", ""],
      ],
    ],
  },
  {
    name: "refuse values of another shape",
    run: async (context, sheet) => {
      sheet.getRange("A1:B1").values = [[1]];
      return context.sync().catch((error: OfficeExtension.Error) => error.code);
    },
    expected: "InvalidArgument",
  },
  {
    name: "write 4,000 rows, which office.js splits",
    run: async (context, sheet) => {
      const rows = Array.from({ length: 4000 }, (_, row) => [row, `r${row}`]);
      sheet.getRange("A1:B4000").values = rows;
      const last = sheet.getRange("A3999:B4000");
      last.load("values");
      await context.sync();
      return last.values;
    },
    expected: [
      [3998, "r3998"],
      [3999, "r3999"],
    ],
  },
  {
    name: "refuse a large write of another shape before anything is written",
    run: async (context, sheet) => {
      sheet.getRange("A1:A1999").values = Array.from({ length: 2000 }, () => [1]);
      const code = await context.sync().catch((error: OfficeExtension.Error) => error.code);
      const used = sheet.getUsedRangeOrNullObject();
      await context.sync();
      return [code, used.isNullObject];
    },
    expected: ["InvalidArgument", true],
  },
  {
    name: "formats of numbers without touching values",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:C1");
      range.values = [[46000, true, "text"]];
      range.numberFormat = [["yyyy-mm-dd", "0.00", "0.00"]];
      range.load("values,text,numberFormat,valueTypes");
      await context.sync();
      return [range.values, range.text[0]![0], range.numberFormat, range.valueTypes];
    },
    expected: [
      [[46000, true, "text"]],
      "2025-12-09",
      [["yyyy-mm-dd", "0.00", "0.00"]],
      [["Double", "Boolean", "String"]],
    ],
  },
  {
    name: "looks: set without an error, values untouched; widths can be read",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B1");
      range.values = [["head", 1]];
      range.format.font.bold = true;
      range.format.font.color = "#145b69";
      range.format.fill.color = "#ebf4f6";
      range.format.horizontalAlignment = "Center";
      range.format.columnWidth = 60;
      const width = sheet.getRange("A1").format.load("columnWidth");
      range.load("values,format/columnWidth");
      await context.sync();
      const widths = [width.columnWidth, range.format.columnWidth];
      range.format.autofitColumns();
      await context.sync();
      return [range.values, widths];
    },
    expected: [[["head", 1]], [60, 60]],
  },
];
