/**
 * Finds the cell at which a table begins.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { placesOf } from "../workbook/cell-blocks.ts";
import { gridAt, refuseOccupied } from "./room.ts";

/** Rows and columns count from 0. The sheet is given by its id, because it may be renamed meanwhile. */
export interface Place {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** What to do about something in the way of a new table. */
export const chooseAnother = "Move it, or choose a cell with enough room below it and to its right.";

/**
 * Finds the cell and checks that it is empty, so that a person who must choose another cell does not wait for the data
 * first.
 * @param address `Sheet1!B3`; default: the active cell
 * @throws KalError KAL_NO_ROOM if the cell is not empty, KAL_ARGUMENT_INVALID for an invalid address.
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

/** @throws KalError KAL_NO_ROOM if the sheet has been deleted. */
export async function sheetOf(context: Excel.RequestContext, { sheetId }: Place): Promise<Excel.Worksheet> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(sheetId);
  await context.sync();
  if (!sheet.isNullObject) return sheet;
  throw new KalError("KAL_NO_ROOM", { message: "The sheet no longer exists.", hint: "Choose a cell." });
}
