/**
 * Where a cell is seen.
 * @module
 */
import { IRenderManagerService } from "@univerjs/engine-render";
import type { FRange } from "@univerjs/sheets/facade";
import type { Grid } from "./grid.ts";

/** The middle of a range's first cell, in CSS pixels of the page; where it is scrolled out of sight, the nearest place in the grid. */
export function placeOfCell(
  { api, injector }: Grid,
  range: FRange,
): { readonly x: number; readonly y: number } {
  const workbook = api.getActiveWorkbook()!;
  const sheet = workbook.getActiveSheet();
  const { sheetViewStartRow, sheetViewStartColumn, offsetX, offsetY } = sheet.getScrollState();
  const { row, column } = { row: range.getRow(), column: range.getColumn() };
  const cell = sheet.getRange(row, column).getCellRect();
  const corner = sheet.getRange(sheetViewStartRow, sheetViewStartColumn).getCellRect();
  // Beside and above the first cell stand the headers.
  const headers = sheet.getRange(0, 0).getCellRect();
  const zoom = sheet.getZoom();
  const { engine } = injector.get(IRenderManagerService).getRenderById(workbook.getId())!;
  const grid = engine.getCanvasElement().getBoundingClientRect();
  const within = (place: number, from: number, to: number) => Math.min(Math.max(place, from), to);
  const x = headers.left + cell.left - corner.left - offsetX + cell.width / 2;
  const y = headers.top + cell.top - corner.top - offsetY + cell.height / 2;
  return {
    x: within(grid.left + zoom * x, grid.left, grid.right),
    y: within(grid.top + zoom * y, grid.top, grid.bottom),
  };
}
