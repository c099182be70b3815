/**
 * From what an add-in writes to the cells that it means: an address, a name, a table.
 * @module
 */
import { parseAddress, splitAddress } from "../../../excel/address.ts";
import { ApiError, type ApiObject } from "../api-object.ts";
import type { Area, SheetTable, SpreadsheetModel } from "../model.ts";

/** A sheet by its id or its name, whatever the case. */
export function findSheet(model: SpreadsheetModel, key: string) {
  return model.sheets().find(({ id, name }) => id === key || isSameName(name, key));
}

/** A table by its id or its name. */
export function findTable(model: SpreadsheetModel, key: string): SheetTable | undefined {
  return model.tables().find(({ id, name }) => id === key || isSameName(name, key));
}

/** The cells of a table without its headers and its totals. */
export function bodyOf({ area, showTotals }: SheetTable): Area {
  return { ...area, row: area.row + 1, rows: area.rows - (showTotals ? 2 : 1) };
}

/** Names of sheets, tables and names count the same in small and capital letters. */
export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/**
 * @param reference an object that stands for cells, or text: an address, with a sheet or without, a name, a table
 * @param sheetId the sheet that is meant where the text names none
 * @throws ApiError InvalidArgument
 */
export function findArea(model: SpreadsheetModel, reference: string | ApiObject, sheetId: string): Area {
  if (typeof reference !== "string") {
    if (reference.area) return reference.area;
    throw new ApiError("InvalidArgument", `A ${reference.type} stands for no cells.`);
  }
  const text = reference.replace(/^=/, "");
  const table = findTable(model, text);
  if (table) return bodyOf(table);
  const named = model.names().find(({ name }) => isSameName(name, text));
  if (named) return findArea(model, named.formula, sheetId);
  const { sheetName, cells } = splitAddress(text);
  const sheet = sheetName === undefined ? sheetId : findSheet(model, sheetName)?.id;
  if (sheet === undefined) throw new ApiError("InvalidArgument", `There is no worksheet ${sheetName}.`);
  try {
    return { sheetId: sheet, ...parseAddress(cells, model.sizeOf(sheet)) };
  } catch (error) {
    throw new ApiError("InvalidArgument", (error as Error).message);
  }
}
