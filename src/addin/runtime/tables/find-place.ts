/**
 * The cell at which a table begins.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { placesOf } from "../workbook/cell-blocks.ts";
import { gridAt, refuseOccupied } from "./room.ts";

/** Rows and columns count from 0. The sheet by its id: it may be renamed meanwhile. */
export interface Place {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** What to do about something that is in the way of a new table. */
export const chooseAnother = "Move it, or choose a cell with enough room below it and to its right.";

/**
 * Finds the cell, and sees that it is empty: whoever has to choose another should not wait for the data first.
 * @param address `Sheet1!B3`; the active cell where left out
 * @throws KalError KAL_NO_ROOM where there is something in it, KAL_ARGUMENT_INVALID for what is no cell.
 */
export async function findPlace(context: Excel.RequestContext, address?: string): Promise<Place> {
  const cell = address === undefined ? context.workbook.getActiveCell() : await cellAt(context, address);
  const sheet = cell.worksheet;
  cell.load("rowIndex,columnIndex");
  sheet.load("id");
  await context.sync();
  const place = { sheetId: sheet.id, row: cell.rowIndex, column: cell.columnIndex };
  await refuseOccupied(gridAt(sheet, place), { ...place, rows: 1, columns: 1 }, chooseAnother);
  return place;
}

async function cellAt(context: Excel.RequestContext, address: string): Promise<Excel.Range> {
  const [[sheetName, [cell]] = ["", []]] = placesOf([address]);
  const sheet = context.workbook.worksheets.getItemOrNullObject(sheetName);
  await context.sync();
  if (!cell || sheet.isNullObject) {
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: `${address} is not a cell of this workbook.`,
      hint: "Choose a cell.",
    });
  }
  return sheet.getCell(cell.row, cell.column);
}

/** @throws KalError KAL_NO_ROOM where the sheet has been deleted since. */
export async function sheetOf(context: Excel.RequestContext, { sheetId }: Place): Promise<Excel.Worksheet> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(sheetId);
  await context.sync();
  if (!sheet.isNullObject) return sheet;
  throw new KalError("KAL_NO_ROOM", { message: "The sheet no longer exists.", hint: "Choose a cell." });
}
