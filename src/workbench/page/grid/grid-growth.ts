/**
 * Adds rows and columns when they are needed, up to Excel's limits: the grid draws small sheets faster.
 * @module
 */
import { ICommandService, type IRange } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import { SetWorksheetColumnCountMutation, SetWorksheetRowCountMutation } from "@univerjs/sheets";
import { sheetSize } from "../../../excel/limits.ts";
import type { Area } from "../../excel-host/model.ts";
import { calculate } from "../functions/calculation.ts";
import { toArea } from "./grid-area.ts";
import type { Grid } from "./grid.ts";

/** Adds the rows and columns that an area needs. Undo does not remove them. */
export function growTo({ api, injector }: Grid, { sheetId, row, column, rows, columns }: Area): void {
  const workbook = api.getActiveWorkbook();
  const sheet = workbook?.getSheetBySheetId(sheetId);
  if (!workbook || !sheet) return;
  const commands = injector.get(ICommandService);
  const unit = { unitId: workbook.getId(), subUnitId: sheetId };
  const rowCount = row + rows;
  const columnCount = column + columns;
  if (rowCount > sheet.getMaxRows()) {
    commands.syncExecuteCommand(SetWorksheetRowCountMutation.id, { ...unit, rowCount });
  }
  if (columnCount > sheet.getMaxColumns()) {
    commands.syncExecuteCommand(SetWorksheetColumnCountMutation.id, { ...unit, columnCount });
  }
}

/** Recalculates formulas whose result needed more rows or columns than the sheet had. Call it after a calculation. */
export function makeRoomForSpills(grid: Grid): void {
  const workbook = grid.api.getActiveWorkbook();
  // The range of a result that does not fit is stored too.
  const ranges = grid.injector.get(FormulaDataModel).getArrayFormulaRange()[workbook?.getId() ?? ""] ?? {};
  const beyond = Object.entries(ranges).flatMap(([sheetId, rows]) => {
    const sheet = workbook?.getSheetBySheetId(sheetId);
    if (!sheet) return [];
    const end = { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
    return Object.values((rows ?? {}) as Record<number, Record<number, IRange>>)
      .flatMap((columns) => Object.values(columns))
      .filter((range) => !fitsInto(range, end) && fitsInto(range, sheetSize))
      .map((range) => toArea(sheetId, range));
  });
  if (beyond.length === 0) return;
  for (const area of beyond) growTo(grid, area);
  calculate(grid, beyond);
}

function fitsInto(
  { endRow, endColumn }: IRange,
  end: { readonly rows: number; readonly columns: number },
): boolean {
  return endRow < end.rows && endColumn < end.columns;
}
