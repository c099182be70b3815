/**
 * Fills cells with formulas, changes all of them, and takes that back if nobody has changed them since. Never writes
 * over other content.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { moveFormula } from "../../runtime/formulas/move-formula.ts";
import { gridAt, refuseOccupied } from "../../runtime/tables/room.ts";
import { asTyped } from "../../runtime/workbook/as-typed.ts";
import type { ColumnLook } from "../../runtime/workbook/column-look.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import type { SheetCells } from "../builder/beside/place.ts";
import { fitColumns } from "../../runtime/workbook/fit-columns.ts";

/** Cells that were written, and what was in them before. */
export interface Filled {
  readonly cells: SheetCells;
  /** As Excel returns them. */
  readonly formulas: readonly (readonly unknown[])[];
  readonly before: readonly (readonly unknown[])[];
  /** Whether the cells got a number format. */
  readonly isFormatted?: boolean;
}

/** The first formula, copied to all cells. */
const spread = (first: string, { rows, columns }: SheetCells): string[][] =>
  Array.from({ length: rows }, (_, down) =>
    Array.from({ length: columns }, (_cell, right) => moveFormula(first, down, right)),
  );

const rangeOf = (context: Excel.RequestContext, { sheetId, row, column, rows, columns }: SheetCells) =>
  context.workbook.worksheets.getItem(sheetId).getRangeByIndexes(row, column, rows, columns);

export interface Fill {
  /** The cells that get a formula. */
  readonly cells: SheetCells;
  /** Of the first cell. */
  readonly formula: string;
  /** How many columns each formula fills. */
  readonly width: number;
  /** For the cells above; empty for none. */
  readonly headings: readonly string[];
  readonly look: ColumnLook | undefined;
}

/**
 * Fills empty cells, and selects them.
 * @returns what is in the way, in words, if something is; then nothing is written
 * @throws OfficeExtension.Error when Excel refuses
 */
export function fillCells({ cells, formula, width, headings, look }: Fill): Promise<Filled | string> {
  const above = headings.length > 0 ? 1 : 0;
  return Excel.run(runOptions, async (context) => {
    const whole = {
      ...cells,
      row: cells.row - above,
      rows: cells.rows + above,
      columns: Math.max(cells.columns, width, headings.length),
    };
    const grid = gridAt(context.workbook.worksheets.getItem(cells.sheetId), whole);
    try {
      await refuseOccupied(grid, whole, "");
    } catch (error) {
      if (error instanceof KalError) return error.message;
      throw error;
    }
    const target = rangeOf(context, { ...whole, columns: Math.max(cells.columns, headings.length) });
    const written: string[][] = spread(formula, cells);
    const padding = Array.from({ length: Math.max(0, headings.length - cells.columns) }, () => "");
    const lines = written.map((line) => [...line, ...padding]);
    target.formulas = above === 1 ? [headings.map(asTyped), ...lines] : lines;
    const filled = rangeOf(context, { ...whole, row: cells.row, rows: cells.rows });
    if (look?.numberFormat !== undefined) filled.numberFormat = look.numberFormat as unknown as string[][];
    if (look && above === 1) target.getRow(0).format.horizontalAlignment = look.align;
    const after = target.getResizedRange(0, 0).load("formulas,columnCount");
    filled.select();
    await context.sync();
    const back = { ...whole, columns: after.columnCount };
    const formulas = after.formulas as unknown[][];
    return {
      cells: back,
      formulas,
      before: formulas.map((line) => line.map(() => "")),
      isFormatted: look?.numberFormat !== undefined,
    };
  });
}

/** Fits the columns once the values have come. @throws OfficeExtension.Error when Excel refuses */
export function fitFilled({ cells }: Filled): Promise<void> {
  return Excel.run(runOptions, (context) => fitColumns(rangeOf(context, cells)));
}

/**
 * Replaces the formulas of a block by others, if all of them are still there.
 * @param before the formula of the first cell
 * @returns undefined if somebody has changed one; then nothing is written
 * @throws OfficeExtension.Error when Excel refuses
 */
export function refillCells(cells: SheetCells, before: string, formula: string): Promise<Filled | undefined> {
  return replaceFormulas(cells, spread(before, cells), spread(formula, cells));
}

/**
 * Takes back what was filled.
 * @returns false if somebody has changed a cell since; then nothing is done
 * @throws OfficeExtension.Error when Excel refuses
 */
export async function takeFillBack({ cells, formulas, before, isFormatted }: Filled): Promise<boolean> {
  if (!(await replaceFormulas(cells, formulas, before))) return false;
  if (isFormatted) {
    await Excel.run(runOptions, async (context) => {
      rangeOf(context, cells).numberFormat = "General" as unknown as string[][];
      await context.sync();
    });
  }
  return true;
}

function replaceFormulas(
  cells: SheetCells,
  from: readonly (readonly unknown[])[],
  to: readonly (readonly unknown[])[],
): Promise<Filled | undefined> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(cells.sheetId);
    await context.sync();
    if (sheet.isNullObject) return undefined;
    const range = rangeOf(context, cells).load("formulas");
    await context.sync();
    if (JSON.stringify(range.formulas) !== JSON.stringify(from)) return undefined;
    range.formulas = to.map((line) => line.slice());
    const after = range.getResizedRange(0, 0).load("formulas");
    await context.sync();
    return { cells, formulas: after.formulas as unknown[][], before: from };
  });
}
