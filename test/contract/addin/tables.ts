/**
 * A workbook into which tables are inserted, as the pane does it.
 * @module
 */
import path from "node:path";
import type { CellContent } from "../../../src/workbench/excel-host/model.ts";
import { bundle } from "../../support/bundle.ts";
import { addressOf } from "../../../src/workbench/excel-host/address.ts";
import { areaOf, type CellsOptions, type ExcelWithCells, openCells } from "./cells.ts";
import type { TablesOfPage } from "./tables-page.ts";

const code = bundle(path.join(import.meta.dirname, "tables-page.ts"));

export interface ExcelWithTables extends ExcelWithCells, TablesOfPage {
  /** What is in the cells, by address without the sheet: `B2:C4`. */
  readonly values: (address: string) => CellContent[][];
  /** Address of the cells that hold something; undefined for an empty sheet. */
  readonly used: (sheetName?: string) => string | undefined;
}

export async function openTables(options: CellsOptions): Promise<ExcelWithTables> {
  const excel = await openCells({
    ...options,
    scripts: [{ code: await code, fileName: "tables-page.js" }],
  });
  await excel.host.ready;
  const tables = (excel.page.window as unknown as { kalTables: TablesOfPage }).kalTables;
  return {
    ...excel,
    ...tables,
    values: (address) =>
      excel.spreadsheet.read(areaOf(excel.spreadsheet, address)).map((row) => row.map(({ value }) => value)),
    used(sheetName = "Sheet1") {
      const { id } = excel.spreadsheet.sheets().find(({ name }) => name === sheetName)!;
      const used = excel.spreadsheet.usedArea(id);
      return used && addressOf(used);
    },
  };
}
