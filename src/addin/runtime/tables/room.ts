/**
 * Checks that there is room for a table: we never overwrite anything in the workbook.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { addressOf, type CellArea } from "../../../excel/address.ts";
import { chunkLimits } from "./chunks.ts";

/**
 * A sheet's cells, addressed by the positions that they had when writing began. If rows are inserted meanwhile, the
 * tracked corner cell moves, and all that is written moves with it (ref: OfficeExtension.TrackedObjects).
 */
export interface Grid {
  readonly sheet: Excel.Worksheet;
  /** A cell tracked by this `Excel.run`, with its original position. */
  readonly corner: Excel.Range;
  readonly row: number;
  readonly column: number;
}

/** A grid relative to a cell, as positioned at the next sync. */
export function gridAt(sheet: Excel.Worksheet, { row, column }: Pick<Grid, "row" | "column">): Grid {
  return { sheet, corner: sheet.getCell(row, column).load("address"), row, column };
}

/**
 * Checks that every cell of an area is empty; takes one request if the sheet has nothing there.
 * @param what what to do next, for people: `Move it, or choose another cell.`
 * @throws KalError KAL_NO_ROOM that names the first cell that is not empty, or the table.
 */
export async function refuseOccupied(grid: Grid, area: CellArea, what: string): Promise<void> {
  const { sheet } = grid;
  const range = rangeOf(grid, area);
  const tables = range.getTables(false);
  const used = range.getUsedRangeOrNullObject(true);
  sheet.load("name");
  tables.load("items/name");
  used.load("rowIndex,columnIndex,rowCount,columnCount");
  await sheet.context.sync();
  const [table] = tables.items;
  if (table) throw inTheWay(`The table ${table.name} is in the way.`, what);
  if (used.isNullObject) return;
  const { rowIndex, columnIndex, rowCount, columnCount } = used;
  const height = Math.max(1, Math.floor(chunkLimits.cells / columnCount));
  for (let from = 0; from < rowCount; from += height) {
    const rows = Math.min(height, rowCount - from);
    const part = { row: rowIndex + from, column: columnIndex, rows, columns: columnCount };
    const cell = await firstFilled(sheet, part);
    if (cell) throw inTheWay(`${sheet.name}!${addressOfCell(cell)} is not empty.`, what);
  }
}

/** Does not read texts: the area may hold more of them than Excel returns at once. */
async function firstFilled(sheet: Excel.Worksheet, area: CellArea) {
  const { row, column, rows, columns } = area;
  const range = sheet.getRangeByIndexes(row, column, rows, columns).load("valueTypes");
  await sheet.context.sync();
  for (const [down, types] of range.valueTypes.entries()) {
    const right = types.findIndex((type) => type !== Excel.RangeValueType.empty);
    if (right >= 0) return { row: area.row + down, column: area.column + right };
  }
  return undefined;
}

export function rangeOf(grid: Grid, { row, column, rows, columns }: CellArea): Excel.Range {
  return grid.corner
    .getOffsetRange(row - grid.row, column - grid.column)
    .getResizedRange(rows - 1, columns - 1);
}

export function addressOfCell({ row, column }: { readonly row: number; readonly column: number }): string {
  return addressOf({ row, column, rows: 1, columns: 1 });
}

function inTheWay(message: string, hint: string): KalError {
  return new KalError("KAL_NO_ROOM", { message, hint });
}
