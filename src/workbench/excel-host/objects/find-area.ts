/**
 * Resolves an add-in's references to cells: an address, a name, a table.
 * @module
 */
import { parseAddress, splitAddress } from "../../../excel/address.ts";
import { ApiError, type ApiObject } from "../api-object.ts";
import type { Area, SheetTable, SpreadsheetModel } from "../model.ts";

/** Finds a sheet by its id, or by its name in any letter case. */
export function findSheet(model: SpreadsheetModel, key: string) {
  return model.sheets().find(({ id, name }) => id === key || isSameName(name, key));
}

/** Finds a table by its id or name. */
export function findTable(model: SpreadsheetModel, key: string): SheetTable | undefined {
  return model.tables().find(({ id, name }) => id === key || isSameName(name, key));
}

/** The cells of a table without headers and totals. */
export function bodyOf({ area, showTotals }: SheetTable): Area {
  return { ...area, row: area.row + 1, rows: area.rows - (showTotals ? 2 : 1) };
}

/** Sheets, tables and names are compared without letter case. */
export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/**
 * @param reference an object with cells, or a text: an address with or without a sheet, a name, a table
 * @param sheetId the sheet for a text without one
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
