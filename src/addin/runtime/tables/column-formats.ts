/**
 * Number formats of whole columns: dates need one to be seen as dates, and a column that is formatted as text would
 * make texts of numbers.
 * @module
 */
import type { CellArea } from "../../../excel/address.ts";
import { type Grid, rangeOf } from "./room.ts";

/** One column of an area whose format is changed. */
export interface FormatChange {
  readonly area: CellArea;
  readonly before: string;
  readonly after: string;
}

const general = "General";
const text = "@";

/**
 * What must change in columns that are about to be filled. What a person has chosen otherwise stays.
 * @param area without the headings; its columns are taken to be formatted like their first cells
 * @param dateFormats by column; undefined where it holds no dates
 */
export async function formatChangesFor(
  grid: Grid,
  area: CellArea,
  dateFormats: readonly (string | undefined)[],
): Promise<FormatChange[]> {
  const first = rangeOf(grid, { ...area, rows: 1 }).load("numberFormat");
  await grid.sheet.context.sync();
  const formats = first.numberFormat[0] as string[];
  return formats.flatMap((before, at) => {
    const isFree = before === general || before === text;
    const after = isFree ? (dateFormats[at] ?? general) : before;
    if (after === before) return [];
    return [{ area: { ...area, column: area.column + at, columns: 1 }, before, after }];
  });
}

/** Sets the formats; they are there after the next sync. */
export function setFormats(grid: Grid, changes: readonly FormatChange[], which: "before" | "after"): void {
  for (const change of changes) {
    // One value stands for all cells; the types do not know.
    rangeOf(grid, change.area).numberFormat = change[which] as unknown as string[][];
  }
}
