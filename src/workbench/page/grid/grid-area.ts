/**
 * Converts areas of cells between the emulated Excel and the grid.
 * @module
 */
import type { IRange } from "@univerjs/core";
import type { Area } from "../../excel-host/model.ts";

export function toArea(sheetId: string, { startRow, endRow, startColumn, endColumn }: IRange): Area {
  return {
    sheetId,
    row: startRow,
    column: startColumn,
    rows: endRow - startRow + 1,
    columns: endColumn - startColumn + 1,
  };
}

export function toRange({ row, column, rows, columns }: Area): IRange {
  return {
    startRow: row,
    endRow: row + rows - 1,
    startColumn: column,
    endColumn: column + columns - 1,
  };
}
