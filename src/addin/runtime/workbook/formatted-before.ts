/**
 * Finds dates that look like numbers because their cells had a number format before: a cell's own format overrides the
 * format of a value (docs: excel-data-types-concepts).
 * @module
 */
import type { Cell } from "../cells.ts";
import { addressOf } from "../../../excel/address.ts";
import { placesOf } from "./cell-blocks.ts";
import { runOptions } from "./run-options.ts";

/**
 * The cells that show dates as numbers.
 * @param address of the formula's cell
 * @param cells the values that it spills
 * @returns the first such cell of each column: `C3`
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function formattedBefore(
  address: string,
  cells: readonly (readonly Cell[])[],
): Promise<string[]> {
  const [[sheet, [place]] = ["", []]] = placesOf([address]);
  const dates = (cells[0] ?? []).flatMap((_, right) => {
    const down = cells.findIndex((row) => isDate(row[right]));
    return down < 0 || !place ? [] : { row: place.row + down, column: place.column + right };
  });
  if (dates.length === 0) return [];
  return Excel.run(runOptions, async (context) => {
    const worksheet = context.workbook.worksheets.getItem(sheet);
    const cells = dates.map((date) => ({
      date,
      range: worksheet.getCell(date.row, date.column).load("numberFormat"),
    }));
    await context.sync();
    const hidden = cells.filter(({ range }) => !showsDates(String(range.numberFormat[0]?.[0])));
    return hidden.map(({ date }) => addressOf({ ...date, rows: 1, columns: 1 }));
  });
}

function isDate(cell: Cell | undefined): boolean {
  return typeof cell === "object" && "numberFormat" in cell;
}

/** General lets the value's format apply. In a format, texts are in quotes, colours and languages in brackets. */
function showsDates(format: string): boolean {
  return format === "General" || /[dmy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ""));
}
