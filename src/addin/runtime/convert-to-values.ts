/**
 * Formulas replaced by what they show, for colleagues who have no connection, or no add-in.
 * @module
 */
import type { CellPlace } from "./cell-blocks.ts";
import { findKalCells, patient, type Scope } from "./kal-cells.ts";

export interface Conversion {
  readonly converted: number;
  /** Formulas that were left because they show an error: with it the way to mend it would be lost. */
  readonly left: number;
}

/** Cells that one request carries; Excel on the web takes 5 MB. */
const mostCells = 20_000;

/**
 * Converts the KAL formulas of a scope. Excel's undo takes it back.
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet.
 */
export async function convertToValues(scope: Scope): Promise<Conversion> {
  return Excel.run(patient, async (context) => {
    let converted = 0;
    let left = 0;
    for (const { sheet, cells } of await findKalCells(context, scope)) {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      for (const cell of cells) {
        if (await convert(context, worksheet, cell)) converted += 1;
        else left += 1;
      }
    }
    return { converted, left };
  });
}

/** @returns false where the cell shows an error. */
async function convert(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { row, column }: CellPlace,
): Promise<boolean> {
  const cell = sheet.getCell(row, column);
  const spill = cell.getSpillingToRangeOrNullObject();
  cell.load("values,valueTypes");
  spill.load("values");
  await context.sync();
  if (cell.valueTypes[0]?.[0] === Excel.RangeValueType.error) return false;
  const values: unknown[][] = spill.isNullObject ? cell.values : spill.values;
  await write(
    context,
    sheet,
    { row, column },
    values.map((line) => line.map(asTyped)),
  );
  return true;
}

/** All was read before: the first write takes the formula away, and with it what it spilled. */
async function write(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { row, column }: CellPlace,
  values: unknown[][],
): Promise<void> {
  const width = values[0]?.length ?? 1;
  const height = Math.max(1, Math.floor(mostCells / width));
  for (let from = 0; from < values.length; from += height) {
    const part = values.slice(from, from + height);
    sheet.getRangeByIndexes(row + from, column, part.length, width).values = part;
    await context.sync();
  }
}

/**
 * Excel reads written text as if typed: “=…” would become a formula and the code 0012 the number 12. The mark in
 * front keeps text as it is and is not shown.
 */
function asTyped(value: unknown): unknown {
  return typeof value === "string" && value !== "" ? `'${value}` : value;
}
