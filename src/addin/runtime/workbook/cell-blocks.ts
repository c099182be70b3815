/**
 * Combines cell addresses into as few blocks as possible, to make one request to Excel per block instead of per cell.
 * @module
 */
import { columnIndex, columnName, splitAddress } from "../../../excel/address.ts";

/** A rectangle of cells on one sheet; rows and columns count from 0, both ends are included. */
export interface Block {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** One cell; rows and columns count from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * The cells of these addresses, by sheet.
 * @param addresses `Sheet1!B2`, `'North & South'!A1`, `[Book]Sheet1!A1`; anything that is not the address of a cell is
 * skipped.
 */
export function placesOf(addresses: Iterable<string>): Map<string, CellPlace[]> {
  const sheets = new Map<string, CellPlace[]>();
  for (const address of addresses) {
    const cell = placeOf(address);
    if (!cell) continue;
    const places = sheets.get(cell.sheet) ?? [];
    sheets.set(cell.sheet, places);
    places.push(cell);
  }
  return sheets;
}

/** A map key for a cell. */
export function placeKey(sheet: string, { row, column }: CellPlace): string {
  return `${row} ${column} ${sheet}`;
}

/** The key for an address with its sheet; undefined for anything else. */
export function placeKeyOf(address: string): string | undefined {
  const place = placeOf(address);
  return place && placeKey(place.sheet, place);
}

/** @returns a function that finds a cell's value in a map by address */
export function byPlace<Value>(
  entries: Iterable<readonly [address: string, value: Value]>,
): (sheet: string, cell: CellPlace) => Value | undefined {
  const values = new Map<string, Value>();
  for (const [address, value] of entries) {
    const key = placeKeyOf(address);
    if (key !== undefined) values.set(key, value);
  }
  return (sheet, cell) => values.get(placeKey(sheet, cell));
}

/** Blocks that together cover exactly these cells, each cell once. */
export function blocksOf(cells: Iterable<CellPlace>): Block[] {
  const columns = new Map<number, number[]>();
  for (const { row, column } of cells) {
    const rows = columns.get(column) ?? [];
    columns.set(column, rows);
    rows.push(row);
  }
  return blocksOfColumns(columns);
}

/** A block as Excel writes it: `A1:B3`. */
export function addressOf({ top, left, bottom, right }: Block): string {
  return `${columnName(left)}${top + 1}:${columnName(right)}${bottom + 1}`;
}

/** The cell of an address with its sheet, as Excel passes it to a function; undefined for anything else. */
function placeOf(address: string): (CellPlace & { readonly sheet: string }) | undefined {
  const { sheetName, cells } = splitAddress(address);
  const sheet = sheetName?.replace(/^\[[^\]]*\]/, "");
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(cells) ?? [];
  if (!sheet || !letters || !digits) return undefined;
  return { sheet, row: Number(digits) - 1, column: columnIndex(letters) };
}

/** Merges rows of a column into runs, and equal runs of adjacent columns into one block. */
function blocksOfColumns(columns: ReadonlyMap<number, number[]>): Block[] {
  const blocks: Block[] = [];
  /** Blocks that end in the previous column, by their rows. */
  let open = new Map<string, Block>();
  let before: number | undefined;
  for (const column of [...columns.keys()].sort((a, b) => a - b)) {
    const next = new Map<string, Block>();
    for (const [top, bottom] of runsOf(columns.get(column) ?? [])) {
      const key = `${top}:${bottom}`;
      const neighbour = before === column - 1 ? open.get(key) : undefined;
      const block = neighbour ?? { top, left: column, bottom, right: column };
      block.right = column;
      next.set(key, block);
      if (!neighbour) blocks.push(block);
    }
    open = next;
    before = column;
  }
  return blocks;
}

function runsOf(rows: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && row <= run[1] + 1) run[1] = row;
    else runs.push([row, row]);
  }
  return runs;
}
