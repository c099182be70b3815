/**
 * The workbook that the grid has open, and its sheets.
 * @module
 */
import type { FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
import type { Grid } from "./grid.ts";

/** @throws Error before the grid has a workbook */
export function workbookOf({ api }: Pick<Grid, "api">): FWorkbook {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("The grid has no workbook.");
  return workbook;
}

/** @throws Error for a sheet that was deleted */
export function sheetOf(grid: Pick<Grid, "api">, sheetId: string): FWorksheet {
  const sheet = workbookOf(grid).getSheetBySheetId(sheetId);
  if (!sheet) throw new Error("The worksheet is not there any more.");
  return sheet;
}
