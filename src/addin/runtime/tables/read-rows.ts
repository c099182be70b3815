/**
 * Reads the contents of cells, to compare them with new contents and to restore them.
 * @module
 */
import { asTyped } from "../workbook/as-typed.ts";
import { type Chunk, chunkLimits, type Content } from "./chunks.ts";
import type { CellArea } from "../../../excel/address.ts";
import { type Grid, rangeOf } from "./room.ts";

/** The contents that would have to be written to get these cells. */
export async function readRows(grid: Grid, area: CellArea): Promise<Content[][]> {
  const rows: Content[][] = [];
  let height = Math.max(1, Math.floor(chunkLimits.cells / area.columns));
  while (rows.length < area.rows) {
    const count = Math.min(height, area.rows - rows.length);
    const range = rangeOf(grid, { ...area, row: area.row + rows.length, rows: count }).load("values");
    try {
      await grid.sheet.context.sync();
    } catch (error) {
      // Excel on the web returns at most 5 MB at once, and cells with long texts can exceed that.
      if (!isTooMuch(error) || count === 1) throw error;
      height = Math.ceil(count / 2);
      continue;
    }
    for (const line of range.values) rows.push(line.map(contentOf));
  }
  return rows;
}

/** Whether the cells already have the contents of a chunk. */
export function sameAs(rows: readonly Content[][], { row, column, contents }: Chunk): boolean {
  return contents.every((line, down) =>
    line.every((content, right) => rows[row + down]?.[column + right] === content),
  );
}

/** The content that would have to be written to get this value. */
export function contentOf(value: Exclude<Content, null>): Content {
  return errors.has(value) ? value : asTyped(value);
}

/**
 * The errors that we write: #N/A for a missing value, if the workbook is set to show it, and #VALUE! for a number that
 * no cell can hold.
 */
const errors: ReadonlySet<unknown> = new Set(["#N/A", "#VALUE!"]);

function isTooMuch(error: unknown): boolean {
  return (
    error instanceof OfficeExtension.Error &&
    error.code === String(Excel.ErrorCodes.responsePayloadSizeLimitExceeded)
  );
}
