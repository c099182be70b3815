/**
 * Cells by the names that Excel gives them: `Sheet1!B2:D9`.
 * @module
 */
/** Cells of a sheet; rows and columns count from 0. */
export interface CellArea {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

type SheetSize = Pick<CellArea, "rows" | "columns">;

/** Letters of a column that counts from 0. */
export function columnName(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? columnName(before - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/**
 * Address without the sheet.
 * @param sheet its size: whole rows and columns are then written as such
 */
export function addressOf({ row, column, rows, columns }: CellArea, sheet?: SheetSize): string {
  if (sheet && rows === sheet.rows) return `${columnName(column)}:${columnName(column + columns - 1)}`;
  if (sheet && columns === sheet.columns) return `${row + 1}:${row + rows}`;
  const first = `${columnName(column)}${row + 1}`;
  const isOne = rows === 1 && columns === 1;
  return isOne ? first : `${first}:${columnName(column + columns - 1)}${row + rows}`;
}

/** Address with the sheet, in quotes where its name needs them. */
export function fullAddress(sheetName: string, area: CellArea, sheet?: SheetSize): string {
  const name = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheetName)
    ? sheetName
    : `'${sheetName.replaceAll("'", "''")}'`;
  return `${name}!${addressOf(area, sheet)}`;
}

const cells = /^\$?([a-z]{1,3})\$?(\d+)(?::\$?([a-z]{1,3})\$?(\d+))?$/i;
const columns = /^\$?([a-z]{1,3}):\$?([a-z]{1,3})$/i;
const rows = /^\$?(\d+):\$?(\d+)$/;

/**
 * @param sheet its size, for whole rows (`2:5`) and columns (`B:B`); without it they are not known
 * @throws Error for what is no address of cells
 */
export function parseAddress(address: string, sheet?: SheetSize): CellArea {
  const text = address.trim();
  const [, left, top, right = left, bottom = top] = cells.exec(text) ?? [];
  if (left && top && right && bottom)
    return between(columnIndex(left), rowIndex(top), columnIndex(right), rowIndex(bottom));
  const [, firstColumn, lastColumn] = columns.exec(text) ?? [];
  if (sheet && firstColumn && lastColumn) {
    return between(columnIndex(firstColumn), 0, columnIndex(lastColumn), sheet.rows - 1);
  }
  const [, firstRow, lastRow] = rows.exec(text) ?? [];
  if (sheet && firstRow && lastRow)
    return between(0, rowIndex(firstRow), sheet.columns - 1, rowIndex(lastRow));
  throw new Error(`${address} is no address of cells.`);
}

/** The sheet's name in front of an address, without its quotes; undefined where there is none. */
export function splitAddress(address: string): { sheetName: string | undefined; cells: string } {
  const [, quoted, plain, rest] = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(address.trim()) ?? [];
  const sheetName = quoted?.replaceAll("''", "'") ?? plain;
  return { sheetName, cells: rest ?? address };
}

function between(column: number, row: number, otherColumn: number, otherRow: number): CellArea {
  return {
    row: Math.min(row, otherRow),
    column: Math.min(column, otherColumn),
    rows: Math.abs(row - otherRow) + 1,
    columns: Math.abs(column - otherColumn) + 1,
  };
}

function rowIndex(number: string): number {
  return Number(number) - 1;
}

/** Place of a column that counts from 0: `AB` is 27. */
export function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
