/**
 * The position of a cell on the screen.
 * @module
 */
import { IRenderManagerService } from "@univerjs/engine-render";
import type { FRange } from "@univerjs/sheets/facade";
import type { Grid } from "./grid.ts";
import { workbookOf } from "./open-workbook.ts";

/**
 * The middle of a range's first cell, in CSS pixels of the page; if it is scrolled out of view, the nearest visible
 * point in the grid.
 */
export function placeOfCell(grid: Grid, range: FRange): { readonly x: number; readonly y: number } {
  const workbook = workbookOf(grid);
  const sheet = workbook.getActiveSheet();
  const { sheetViewStartRow, sheetViewStartColumn, offsetX, offsetY } = sheet.getScrollState();
  const { row, column } = { row: range.getRow(), column: range.getColumn() };
  const cell = sheet.getRange(row, column).getCellRect();
  const corner = sheet.getRange(sheetViewStartRow, sheetViewStartColumn).getCellRect();
  // The headers are beside and above the first cell.
  const headers = sheet.getRange(0, 0).getCellRect();
  const zoom = sheet.getZoom();
  const render = grid.injector.get(IRenderManagerService).getRenderById(workbook.getId());
  if (!render) throw new Error("The grid does not show its workbook.");
  const canvas = render.engine.getCanvasElement().getBoundingClientRect();
  const within = (place: number, from: number, to: number) => Math.min(Math.max(place, from), to);
  const x = headers.left + cell.left - corner.left - offsetX + cell.width / 2;
  const y = headers.top + cell.top - corner.top - offsetY + cell.height / 2;
  return {
    x: within(canvas.left + zoom * x, canvas.left, canvas.right),
    y: within(canvas.top + zoom * y, canvas.top, canvas.bottom),
  };
}
