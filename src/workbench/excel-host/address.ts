/**
 * Cells by the names that Excel gives them: `Sheet1!B2:D9`.
 * @module
 */
import type { Area } from "./model.ts";

/** Letters of a column that counts from 0. */
export function columnName(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? columnName(before - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/** Address without the sheet. */
export function addressOf({ row, column, rows, columns }: Omit<Area, "sheetId">): string {
  const first = `${columnName(column)}${row + 1}`;
  const isOne = rows === 1 && columns === 1;
  return isOne ? first : `${first}:${columnName(column + columns - 1)}${row + rows}`;
}

/** Address with the sheet, in quotes where its name needs them. */
export function fullAddress(sheetName: string, area: Omit<Area, "sheetId">): string {
  const name = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheetName)
    ? sheetName
    : `'${sheetName.replaceAll("'", "''")}'`;
  return `${name}!${addressOf(area)}`;
}

/** @throws Error for what is no address of cells; whole rows and columns are not known here. */
export function parseAddress(address: string): Omit<Area, "sheetId"> {
  const match = /^\$?([a-z]{1,3})\$?(\d+)(?::\$?([a-z]{1,3})\$?(\d+))?$/i.exec(address.trim());
  if (!match) throw new Error(`${address} is no address of cells.`);
  const [, firstColumn = "", firstRow = "", lastColumn = firstColumn, lastRow = firstRow] = match;
  const [left = 0, right = 0] = [columnIndex(firstColumn), columnIndex(lastColumn)].sort((a, b) => a - b);
  const [top = 0, bottom = 0] = [Number(firstRow) - 1, Number(lastRow) - 1].sort((a, b) => a - b);
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
