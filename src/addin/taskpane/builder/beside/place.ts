/**
 * Where the formulas of a lookup go, and how they refer to the cells with the values they search for.
 * @module
 */
import {
  addressOf,
  type CellArea,
  columnName,
  parseAddress,
  splitAddress,
} from "../../../../excel/address.ts";

/** Cells of a sheet. */
export interface SheetCells extends CellArea {
  readonly sheetId: string;
  /** The sheet's name as a formula needs it: `'North & South'!`. */
  readonly prefix: string;
}

/** Where formulas go, beside the cells with the values they search for. */
export interface Place {
  /** The cells that get a formula. */
  readonly cells: SheetCells;
  /** How many columns they fill: a formula may fill several. */
  readonly width: number;
  /** For the cells above; empty for none. */
  readonly headings: readonly string[];
  /** Whether the headings are the chosen values of a key, to which the formulas refer. */
  readonly areHeadingsKeys: boolean;
}

export const isPlace = (place: Place | PlaceProblem | undefined): place is Place => typeof place === "object";

/** The place of formulas that are there. */
export const placeAt = (cells: SheetCells): Place => ({
  cells,
  width: cells.columns,
  headings: [],
  areHeadingsKeys: false,
});

/** `Sheet1!A2:A21` */
export const fullAddressOf = (cells: SheetCells): string => cells.prefix + addressOf(cells);

/** Whether a cell is one of these. @param address as Excel writes it: `Sheet1!B3` */
export function contains(
  cells: SheetCells,
  { sheetId, address }: { sheetId: string; address: string },
): boolean {
  const { row, column } = parseAddress(splitAddress(address).cells);
  const isInRows = row >= cells.row && row < cells.row + cells.rows;
  return (
    sheetId === cells.sheetId && isInRows && column >= cells.column && column < cells.column + cells.columns
  );
}

/** Why the cells cannot be used together. */
export type PlaceProblem =
  "notOneLine" | "differentRows" | "differentColumns" | "differentSheets" | "tooManyRows" | "tooManyColumns";

export const isColumn = ({ rows, columns }: CellArea) => rows > 1 && columns === 1;
export const isRow = ({ rows, columns }: CellArea) => rows === 1 && columns > 1;

/** The rows and columns that the cells with values span; undefined for those that only one cell decides. */
export interface Span {
  readonly sheetId: string;
  readonly prefix: string;
  readonly row: number | undefined;
  readonly rows: number;
  readonly column: number | undefined;
  readonly columns: number;
  /** The first column, or row, beside the keys. */
  readonly nextColumn: number;
  readonly nextRow: number;
}

/**
 * @param all the cells of each key that has some, in the order of the keys
 * @returns undefined where there are none
 */
export function spanOf(all: readonly SheetCells[]): Span | PlaceProblem | undefined {
  const [first] = all;
  if (!first) return undefined;
  if (all.some(({ rows, columns }) => rows > 1 && columns > 1)) return "notOneLine";
  const lines = all.filter((cells) => isColumn(cells) || isRow(cells));
  // With single cells only, the first one stands for a row of the sheet.
  const used = lines.length > 0 ? lines : [first];
  const { sheetId, prefix } = used[0] ?? first;
  if (used.some((cells) => cells.sheetId !== sheetId)) return "differentSheets";
  const across = used.filter(isRow);
  const down = used.filter((cells) => !isRow(cells));
  const [top] = down;
  const [left] = across;
  if (top && down.some(({ row, rows }) => row !== top.row || rows !== top.rows)) return "differentRows";
  if (left && across.some(({ column, columns }) => column !== left.column || columns !== left.columns)) {
    return "differentColumns";
  }
  return {
    sheetId,
    prefix,
    row: top?.row,
    rows: top?.rows ?? 1,
    column: left?.column,
    columns: left?.columns ?? 1,
    nextColumn: Math.max(0, ...down.map(({ column }) => column + 1)),
    nextRow: Math.max(0, ...across.map(({ row }) => row + 1)),
  };
}

/**
 * How the formula in the first cell of a place refers to cells, so that it can be filled further: a column beside the
 * place keeps its column, a row above it keeps its row, a single cell keeps both. Where the place is one row or column
 * itself, so does a single cell that lies beside or above it.
 */
export function referenceTo(cells: SheetCells, place: CellArea & { readonly sheetId: string }): string {
  const { row, column, sheetId } = cells;
  const isSingle = !isColumn(cells) && !isRow(cells) && sheetId === place.sheetId;
  const isBeside = isColumn(cells) || (isSingle && place.rows === 1 && row === place.row);
  const isAbove = isRow(cells) || (isSingle && place.columns === 1 && column === place.column);
  const written = `${isAbove && !isBeside ? "" : "$"}${columnName(column)}${isBeside ? "" : "$"}${row + 1}`;
  return (sheetId === place.sheetId ? "" : cells.prefix) + written;
}

/** A reference to all cells, which stays as it is wherever the formula goes. */
export function fixedReference(cells: SheetCells): string {
  const fixed = addressOf(cells).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
  return cells.prefix + fixed;
}

/** Whether every cell of some columns is free. */
export const isFree = (filled: readonly (readonly boolean[])[], column: number, width: number): boolean =>
  filled.every((row) => !row.slice(column, column + width).some(Boolean));

/** The first columns of a width in which every cell is free. */
export function freeColumn(filled: readonly (readonly boolean[])[], from: number, width: number): number {
  let column = from;
  while (!isFree(filled, column, width)) column += 1;
  return column;
}
