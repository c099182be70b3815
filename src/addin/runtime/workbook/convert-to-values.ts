/**
 * Formulas replaced by what they show, for colleagues who have no connection, or no add-in.
 * @module
 */
import { asTyped } from "./as-typed.ts";
import type { CellPlace } from "./cell-blocks.ts";
import { findKalCells, openCells, patient, type Scope } from "./kal-cells.ts";

export interface Conversion {
  readonly converted: number;
  /** Formulas that were left because they show an error: with it the way to correct it would be lost. */
  readonly left: number;
  /** Formulas that were left because a call is open: they may still show the old value (office-js 4152, 6930). */
  readonly waiting: number;
  /** Names of sheets that Excel did not let read. */
  readonly unread: readonly string[];
}

/** What a formula shows, read before anything is written. */
interface Shown extends CellPlace {
  readonly sheet: Excel.Worksheet;
  readonly values: readonly unknown[][];
  readonly numberFormats: readonly string[][];
}

/** Cells that one request carries; Excel on the web takes 5 MB. */
const mostCells = 20_000;

/** Formulas that are read or written with one request. */
const mostFormulas = 500;

/**
 * Converts the KAL formulas of a scope. Excel's undo takes it back.
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet.
 */
export async function convertToValues(scope: Scope): Promise<Conversion> {
  return Excel.run(patient, async (context) => {
    // All is read before anything is written: formulas that build on a converted one would be #BUSY! by then.
    const shown: Shown[] = [];
    let left = 0;
    let waiting = 0;
    const { found, unread } = await findKalCells(context, scope);
    const waits = openCells();
    for (const { sheet, cells: all } of found) {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      const cells = all.filter((cell) => !waits(sheet, cell));
      waiting += all.length - cells.length;
      left += cells.length;
      for (let from = 0; from < cells.length; from += mostFormulas) {
        shown.push(...(await read(context, worksheet, cells.slice(from, from + mostFormulas))));
      }
    }
    await writeAll(context, shown);
    return { converted: shown.length, left: left - shown.length, waiting, unread };
  });
}

/** What these formulas show, without those that show an error. */
async function read(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  cells: readonly CellPlace[],
): Promise<Shown[]> {
  const formulas = cells.map(({ row, column }) => {
    const own = sheet.getCell(row, column).load("values,valueTypes,numberFormat");
    const spill = own.getSpillingToRangeOrNullObject().load("rowCount,columnCount");
    return { row, column, own, spill };
  });
  await context.sync();
  const shown: Shown[] = [];
  for (const { row, column, own, spill } of formulas) {
    if (own.valueTypes[0]?.[0] === Excel.RangeValueType.error) continue;
    const all = spill.isNullObject ? own : spill;
    if (!spill.isNullObject) {
      spill.load("values,numberFormat");
      await context.sync();
    }
    shown.push({
      sheet,
      row,
      column,
      values: all.values as unknown[][],
      numberFormats: all.numberFormat as string[][],
    });
  }
  return shown;
}

/** The first write into a spilled table takes its formula away, and with it what it spilled. */
async function writeAll(context: Excel.RequestContext, shown: readonly Shown[]): Promise<void> {
  let waiting = 0;
  for (const { sheet, row, column, values, numberFormats } of shown) {
    const width = values[0]?.length ?? 1;
    const height = Math.max(1, Math.floor(mostCells / width));
    for (let from = 0; from < values.length; from += height) {
      const part = values.slice(from, from + height);
      const range = sheet.getRangeByIndexes(row + from, column, part.length, width);
      range.values = part.map((line) => line.map(asTyped));
      // A date's format came with the function's value and goes with it.
      range.numberFormat = numberFormats.slice(from, from + height);
      waiting += part.length * width;
      if (waiting < mostFormulas) continue;
      waiting = 0;
      await context.sync();
    }
  }
  await context.sync();
}
