/**
 * Addresses of cells in Excel's notation: `Sheet1!B2:D9`.
 * @module
 */
/** A rectangle of cells; row and column are counted from 0. */
export interface CellArea {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

type SheetSize = Pick<CellArea, "rows" | "columns">;

/** The letters of a column, counted from 0. */
export function columnName(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? columnName(before - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/**
 * The address without the sheet's name.
 * @param sheet the sheet's size: whole rows and columns are then written as `2:5` and `B:B`
 */
export function addressOf({ row, column, rows, columns }: CellArea, sheet?: SheetSize): string {
  if (sheet && rows === sheet.rows) return `${columnName(column)}:${columnName(column + columns - 1)}`;
  if (sheet && columns === sheet.columns) return `${row + 1}:${row + rows}`;
  const first = `${columnName(column)}${row + 1}`;
  const isOne = rows === 1 && columns === 1;
  return isOne ? first : `${first}:${columnName(column + columns - 1)}${row + rows}`;
}

/** The address with the sheet's name, quoted if necessary. */
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
 * Reads an address without a sheet's name.
 * @param sheet the sheet's size, needed for whole rows (`2:5`) and columns (`B:B`)
 * @throws Error if the text is not an address.
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

/** Splits off the sheet's name, without its quotes; `sheetName` is undefined if the address has none. */
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

/** The index of a column, counted from 0: 27 for `AB`. */
export function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
