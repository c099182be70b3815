/**
 * Reads cells for the builder: those with the values that a formula searches for, and the formulas that were filled
 * together.
 * @module
 */
import { type CellArea, fullAddress, parseAddress, splitAddress } from "../../../excel/address.ts";
import { sheetSize } from "../../../excel/limits.ts";
import { moveFormula } from "../../runtime/formulas/move-formula.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import type { SheetCells } from "../builder/beside/place.ts";
import type { CellFormula } from "./selection.ts";

/** Reads at most this many cells around a formula. */
const maxRead = 200_000;

function cellsIn(sheet: { readonly id: string; readonly name: string }, area: CellArea): SheetCells {
  const whole = fullAddress(sheet.name, { row: 0, column: 0, rows: 1, columns: 1 });
  return { ...area, sheetId: sheet.id, prefix: whole.slice(0, -"A1".length) };
}

/**
 * The selected cells, as far as they are used. A single cell stands for the list that it begins or is in: down to the
 * next empty cell.
 * @returns undefined if they are empty
 */
export function readSelectedCells(): Promise<SheetCells | undefined> {
  return Excel.run(runOptions, async (context) => {
    const selected = context.workbook.getSelectedRange();
    const sheet = selected.worksheet.load("id,name");
    const used = selected.getUsedRangeOrNullObject(true);
    used.load("rowIndex,columnIndex,rowCount,columnCount");
    selected.load("cellCount");
    await context.sync();
    if (used.isNullObject) return undefined;
    const { rowIndex: row, columnIndex: column, rowCount: rows, columnCount: columns } = used;
    const area = { row, column, rows, columns };
    return cellsIn(sheet, selected.cellCount === 1 ? await listAt(sheet, area) : area);
  });
}

/** The filled cells of a column from a cell down. */
async function listAt(sheet: Excel.Worksheet, cell: CellArea): Promise<CellArea> {
  const used = sheet.getUsedRangeOrNullObject(true).load("rowIndex,rowCount");
  await sheet.context.sync();
  const height = used.isNullObject ? 1 : used.rowIndex + used.rowCount - cell.row;
  const below = sheet.getRangeByIndexes(cell.row, cell.column, Math.max(1, height), 1).load("valueTypes");
  await sheet.context.sync();
  const end = below.valueTypes.findIndex(([type]) => type === Excel.RangeValueType.empty);
  return { ...cell, rows: end < 0 ? below.valueTypes.length : Math.max(1, end) };
}

/** The values of cells, at most so many rows and columns. */
export function readValues(
  { sheetId, row, column, rows, columns }: SheetCells,
  most: Pick<CellArea, "rows" | "columns"> = { rows, columns },
): Promise<unknown[][]> {
  return Excel.run(runOptions, async (context) => {
    const range = context.workbook.worksheets
      .getItem(sheetId)
      .getRangeByIndexes(row, column, Math.min(rows, most.rows), Math.min(columns, most.columns));
    range.load("values");
    await context.sync();
    return range.values as unknown[][];
  });
}

/** Which cells of some rows of a sheet hold something, from the first column to the one behind the last that does. */
export function readFilled(sheetId: string, row: number, rows: number): Promise<boolean[][]> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetId);
    const used = sheet.getRangeByIndexes(row, 0, rows, sheetSize.columns).getUsedRangeOrNullObject(true);
    used.load("rowIndex,columnIndex,valueTypes");
    await context.sync();
    const filled = Array.from({ length: rows }, (): boolean[] => []);
    if (used.isNullObject) return filled;
    for (const [down, types] of used.valueTypes.entries()) {
      const before = Array.from({ length: used.columnIndex }, () => false);
      const line = types.map((type) => type !== Excel.RangeValueType.empty);
      filled[used.rowIndex - row + down] = [...before, ...line];
    }
    return filled;
  });
}

/** Cells that hold the same formula, each as Excel would copy it from the first. */
export interface Block {
  readonly first: CellFormula;
  readonly cells: SheetCells;
}

/** The cells around a formula that were filled with it: to the same columns everywhere. */
export function readBlock({ sheetId, address, formula }: CellFormula): Promise<Block> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetId).load("id,name");
    const used = sheet.getUsedRange().load("cellCount");
    await context.sync();
    const at = parseAddress(splitAddress(address).cells);
    const alone = { first: { sheetId, address, formula }, cells: cellsIn(sheet, at) };
    if (used.cellCount > maxRead) return alone;
    used.load("rowIndex,columnIndex,formulas");
    await context.sync();
    const { rowIndex, columnIndex } = used;
    const formulas = used.formulas as unknown[][];
    const isSame = (row: number, column: number) =>
      formulas[row - rowIndex]?.[column - columnIndex] ===
      moveFormula(formula, row - at.row, column - at.column);
    let [left, right, top, bottom] = [at.column, at.column, at.row, at.row];
    while (isSame(at.row, left - 1)) left -= 1;
    while (isSame(at.row, right + 1)) right += 1;
    const isSameRow = (row: number) => {
      for (let column = left; column <= right; column += 1) if (!isSame(row, column)) return false;
      return true;
    };
    while (isSameRow(top - 1)) top -= 1;
    while (isSameRow(bottom + 1)) bottom += 1;
    const area = { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
    const cells = cellsIn(sheet, area);
    const first = fullAddress(sheet.name, { row: top, column: left, rows: 1, columns: 1 });
    const moved = moveFormula(formula, top - at.row, left - at.column);
    return { first: { sheetId, address: first, formula: moved }, cells };
  });
}

/**
 * The cells that references mean in all formulas of a block.
 * @param references as in the block's first formula
 * @returns undefined for each that is no reference to cells of this workbook
 */
export function readReferences(
  references: readonly (string | undefined)[],
  block: SheetCells,
): Promise<(SheetCells | undefined)[]> {
  return Excel.run(runOptions, async (context) => {
    const sheets = context.workbook.worksheets.load("items/id,items/name");
    await context.sync();
    return references.map((reference) => {
      if (reference === undefined) return undefined;
      const { sheetName, cells: written } = splitAddress(reference);
      const sheet = sheets.items.find(({ id, name }) =>
        sheetName === undefined ? id === block.sheetId : name === sheetName,
      );
      const [, column, row] = /^(\$?)[A-Z]{1,3}(\$?)\d+$/i.exec(written) ?? [];
      if (!sheet || column === undefined) return areaOf(sheet, written);
      const area = parseAddress(written);
      return cellsIn(sheet, {
        ...area,
        rows: row === "$" ? 1 : block.rows,
        columns: column === "$" ? 1 : block.columns,
      });
    });
  });
}

function areaOf(sheet: Excel.Worksheet | undefined, written: string): SheetCells | undefined {
  try {
    return sheet && cellsIn(sheet, parseAddress(written));
  } catch {
    return undefined;
  }
}
