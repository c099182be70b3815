/**
 * Number formats of whole columns. A date needs a date format and money its decimals, and in a column formatted as text
 * Excel would store numbers as text.
 * @module
 */
import type { CellArea } from "../../../excel/address.ts";
import type { ColumnLook } from "../workbook/column-look.ts";
import { type Grid, rangeOf } from "./room.ts";

/** A format change of one column of an area. */
export interface FormatChange {
  readonly area: CellArea;
  readonly before: string;
  readonly after: string;
}

const general = "General";
const text = "@";

/**
 * The format changes needed before columns are filled. Formats that a person has chosen stay.
 * @param area without the headings; each column is assumed to be formatted like its first cell
 * @param looks by column
 */
export async function formatChangesFor(
  grid: Grid,
  area: CellArea,
  looks: readonly (ColumnLook | undefined)[],
): Promise<FormatChange[]> {
  const first = rangeOf(grid, { ...area, rows: 1 }).load("numberFormat");
  await grid.sheet.context.sync();
  const formats = first.numberFormat[0] as string[];
  return formats.flatMap((before, at) => {
    const isFree = before === general || before === text;
    const after = isFree ? (looks[at]?.numberFormat ?? general) : before;
    if (after === before) return [];
    return [{ area: { ...area, column: area.column + at, columns: 1 }, before, after }];
  });
}

/** Sets the formats; they apply after the next sync. */
export function setFormats(grid: Grid, changes: readonly FormatChange[], which: "before" | "after"): void {
  for (const change of changes) {
    // One value sets all cells, which the types of office.js do not allow.
    rangeOf(grid, change.area).numberFormat = change[which] as unknown as string[][];
  }
}

/** Aligns each heading with the values below it; applied by the next sync. */
export function alignHeadings(grid: Grid, area: CellArea, looks: readonly ColumnLook[]): void {
  for (const [at, { align }] of looks.entries()) {
    if (align === "Left") continue;
    rangeOf(grid, { ...area, column: area.column + at, rows: 1, columns: 1 }).format.horizontalAlignment =
      align;
  }
}
