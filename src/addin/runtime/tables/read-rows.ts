/**
 * What is in cells, to be compared with what is to be written, and to be put back.
 * @module
 */
import { asTyped } from "../workbook/as-typed.ts";
import { type Chunk, chunkLimits, type Content } from "./chunks.ts";
import type { CellArea } from "../../../excel/address.ts";
import { type Grid, rangeOf } from "./room.ts";

/** What would have to be written for these cells to be as they are. */
export async function readRows(grid: Grid, area: CellArea): Promise<Content[][]> {
  const rows: Content[][] = [];
  let height = Math.max(1, Math.floor(chunkLimits.cells / area.columns));
  while (rows.length < area.rows) {
    const count = Math.min(height, area.rows - rows.length);
    const range = rangeOf(grid, { ...area, row: area.row + rows.length, rows: count }).load("values");
    try {
      await grid.sheet.context.sync();
    } catch (error) {
      // Excel hands over 5 MB at once on the web; cells of long texts are more.
      if (!isTooMuch(error) || count === 1) throw error;
      height = Math.ceil(count / 2);
      continue;
    }
    for (const line of range.values) rows.push(line.map(contentOf));
  }
  return rows;
}

/** Whether the cells of a part are as they would be written. */
export function sameAs(rows: readonly Content[][], { row, column, contents }: Chunk): boolean {
  return contents.every((line, down) =>
    line.every((content, right) => rows[row + down]?.[column + right] === content),
  );
}

/** What would have to be written for a cell to have this value. */
export function contentOf(value: Exclude<Content, null>): Content {
  return errors.has(value) ? value : asTyped(value);
}

/** The errors that we write: for an absent value, where the workbook wants one, and for a number that no cell holds. */
const errors: ReadonlySet<unknown> = new Set(["#N/A", "#VALUE!"]);

function isTooMuch(error: unknown): boolean {
  return (
    error instanceof OfficeExtension.Error &&
    error.code === String(Excel.ErrorCodes.responsePayloadSizeLimitExceeded)
  );
}
