/** Converts formulas to their values. */
import { expect, it } from "vitest";
import { ApiError } from "../../../src/workbench/excel-host/api-object.ts";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import type { Area, CellReading, SpreadsheetModel } from "../../../src/workbench/excel-host/model.ts";
import { areaOf, openCells } from "./cells.ts";
import { startService } from "./kal.ts";
import { openTables } from "./tables.ts";

const sites = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name",0,3)';
const products = '=KAL.QUERY("product","(entityVariant=Own)","entityId",0,2)';
const brands = '=KAL.QUERY("reference/Brand",,"name",0,1)';
const failed: CellResult = [[{ error: "#VALUE!" }]];

const table: CellResult = [
  [{ value: "0012" }, { value: "=1+1" }, { value: 1.5 }],
  [{ value: "'quoted" }, { value: true }, { value: 46000, numberFormat: "yyyy-mm-dd" }],
  [{ value: "" }, { value: "TRUE" }, { value: "name" }],
];

it("converts a selected table to its values, and skips errors and other formulas", async () => {
  const service = await startService();
  const other = '=OTHER.QUERY("KAL")';
  const excel = await openTables({
    service,
    saved: {
      "Sheet1!B2": [sites, table],
      "Sheet1!B7": [brands, failed],
      "Sheet1!B8": [other, [[{ value: 1 }]]],
      "Sheet1!H1": [products, [[{ value: "not selected" }]]],
    },
  });
  const shown = () => excel.spreadsheet.read({ sheetId: "sheet-1", row: 1, column: 1, rows: 3, columns: 3 });
  const before = shown();
  excel.select("A1:D9");
  await excel.press("convertSelection");
  await excel.press("allow");
  const after = shown();
  const seen = (cells: typeof after) =>
    cells.map((row) => row.map(({ value, text, numberFormat }) => [value, text, numberFormat]));
  expect(seen(after)).toEqual(seen(before));
  expect(after[0]![1]!.formula).toBe("'=1+1");
  expect(after[0]![0]!.formula).toBe("0012");
  expect(excel.read("B7").formula).toBe(brands);
  expect(excel.read("B8").formula).toBe(other);
  expect(excel.read("H1").formula).toBe(products);
  expect(excel.spreadsheet.spills("sheet-1")).toEqual([]);
  expect(excel.calculated).toEqual([]);
});

it("converts a big table in parts that Excel accepts", async () => {
  const service = await startService();
  const rows = 30_000;
  const big: CellResult = Array.from({ length: rows }, (_, row) => [{ value: `0${row}` }, { value: row }]);
  const written: number[] = [];
  const excel = await openCells({
    service,
    saved: { "Sheet1!A1": [sites, big] },
    change: (model) => ({
      write(area, contents) {
        written.push(area.rows * area.columns);
        model.write(area, contents);
      },
    }),
  });
  excel.select("A1");
  await excel.press("convertSelection");
  expect(written.length).toBeGreaterThan(1);
  expect(Math.max(...written)).toBeLessThanOrEqual(20_000);
  const cells = excel.spreadsheet.read({ sheetId: "sheet-1", row: 0, column: 0, rows, columns: 2 });
  expect(cells.map((row) => row.map(({ value }) => value))).toEqual(
    big.map((row) => row.map((cell) => "value" in cell && cell.value)),
  );
});

it("converts more formulas than fit into one request", async () => {
  const service = await startService();
  const count = 1200;
  const rows = Array.from({ length: count }, (_, index) => index + 1);
  const saved = rows.map((row) => [`Sheet1!A${row}`, [products, [[{ value: `shown ${row}` }]]]] as const);
  const excel = await openTables({ service, saved: Object.fromEntries(saved) });
  excel.select(`A1:A${count}`);
  await excel.press("convertSelection");
  excel.host.setPaneVisible(false);
  await excel.press("allow");
  expect(rows.map((row) => excel.read(`A${row}`).formula)).toEqual(rows.map((row) => `shown ${row}`));
  expect(excel.host.paneVisible).toBe(false);
});

/** Reads cells, with an event when the table in B2 is read completely. */
const whenTableIsRead =
  (happens: (model: SpreadsheetModel, cells: CellReading[][]) => CellReading[][]) =>
  (model: SpreadsheetModel) => ({
    read(area: Area) {
      const cells = model.read(area);
      return area.row === 1 && area.rows > 1 ? happens(model, cells) : cells;
    },
  });

const oneBelow: CellResult = [[{ value: "1001" }], [{ value: "1002" }]];

it("skips a table that has become an error since its first cell was read", async () => {
  const excel = await openCells({
    service: await startService(),
    saved: { "Sheet1!B2": [sites, oneBelow] },
    change: whenTableIsRead((_, cells) => [[{ ...cells[0]![0]!, value: "#NAME?" }], ...cells.slice(1)]),
  });
  excel.select("B2");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toBe(sites);
  expect(excel.isPaneShown()).toBe(true);
});

it("skips a table that is recalculated while the next one is read", async () => {
  const excel = await openTables({
    service: await startService(),
    saved: { "Sheet1!B2": [sites, oneBelow], "Sheet1!D2": [products, oneBelow] },
    behaviours: { whileCalling: "oldValue" },
    change: whenTableIsRead((model, cells) => {
      if (excel.calculated.length === 0) model.calculate([areaOf(model, "B2")]);
      return cells;
    }),
  });
  excel.select("B2:D2");
  await excel.press("convertSelection");
  await excel.press("allow");
  expect(excel.calculated).toEqual(["Sheet1!B2"]);
  expect([excel.read("B2").formula, excel.read("D2").formula]).toEqual([sites, "1001"]);
});

it("leaves a protected sheet unchanged, ends the command and opens the pane", async () => {
  const service = await startService();
  const excel = await openCells({
    service,
    saved: { "Sheet1!B2": [sites, table] },
    change: () => ({
      write() {
        throw new ApiError("AccessDenied", "The sheet is protected.");
      },
    }),
  });
  excel.select("B2");
  await excel.press("convertSelection");
  expect(excel.read("B2").formula).toBe(sites);
  expect(excel.host.paneVisible).toBe(true);
});

it("asks before it converts more than one formula, and again after another selection", async () => {
  const excel = await openTables({
    service: await startService(),
    saved: {
      "Sheet1!B2": [sites, oneBelow],
      "Sheet1!D2": [products, oneBelow],
      "Sheet1!F2": [brands, oneBelow],
    },
  });
  const converted = () => ["B2", "D2", "F2"].filter((cell) => excel.read(cell).formula === "1001");
  excel.select("B2:F2");
  await excel.press("convertSelection");
  expect(excel.question()).toEqual({ command: "convertSelection", formulas: 3, tables: 0 });
  expect(excel.host.paneVisible).toBe(true);
  expect(converted()).toEqual([]);
  excel.select("B2:D2");
  await excel.press("allow");
  expect(excel.question()).toMatchObject({ formulas: 2 });
  expect(converted()).toEqual([]);
  await excel.press("allow");
  expect(excel.question()).toBeUndefined();
  expect(converted()).toEqual(["B2", "D2"]);
  excel.select("F3");
  await excel.press("convertSelection");
  expect(excel.question()).toBeUndefined();
  expect(converted()).toEqual(["B2", "D2", "F2"]);
});
