/**
 * Resizes tables to their number of rows.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { ColumnRun } from "./find-columns.ts";
import { chunkLimits, type Content } from "./chunks.ts";
import type { CellArea } from "../../../excel/address.ts";
import { sheetSize } from "../../../excel/limits.ts";
import { type Grid, rangeOf, refuseOccupied } from "./room.ts";
import { writeRows } from "./write-rows.ts";

export interface SizedTable {
  readonly table: Excel.Table;
  readonly grid: Grid;
  /** Its current rows, without the headings. */
  readonly body: CellArea;
  /** The number of rows to resize to. */
  readonly height: number;
}

/**
 * @throws KalError if there is no room for the rows. We move nothing, because cells beside the table would not move
 * along.
 */
export async function refuseNoRoom({ table, grid, body, height }: SizedTable): Promise<void> {
  if (height === body.rows) return;
  table.load("name,showTotals");
  await grid.sheet.context.sync();
  const { name } = table;
  if (table.showTotals) {
    throw new KalError("KAL_NO_ROOM", {
      message: `The table ${name} has a total row, and the number of its rows has changed.`,
      hint: "Switch it off (Table Design → Total Row), refresh, and switch it on again.",
    });
  }
  if (height < body.rows) return;
  if (body.row + height > sheetSize.rows) {
    throw new KalError("KAL_TOO_LARGE", {
      message: `The table ${name} now has ${height.toLocaleString("en-GB")} rows: more than the sheet has below it.`,
    });
  }
  const below = { ...body, row: body.row + body.rows, rows: height - body.rows };
  await refuseOccupied(grid, below, `Move it: the table ${name} grows by ${below.rows} rows. Then refresh.`);
}

/** New rows are formatted like the first one; Excel fills calculated columns itself. */
export async function grow({ table, grid, body, height }: SizedTable): Promise<void> {
  const first = rangeOf(grid, { ...body, rows: 1 }).load("numberFormat");
  table.resize(withHeadings(grid, body, height));
  await grid.sheet.context.sync();
  const added = { ...body, row: body.row + body.rows, rows: height - body.rows };
  (first.numberFormat[0] as string[]).forEach((format, at) => {
    if (format === "General") return;
    const column = rangeOf(grid, { ...added, column: added.column + at, columns: 1 });
    column.numberFormat = format as unknown as string[][];
  });
}

/**
 * Removes surplus rows from the table. Their cells are emptied, except for what a person has typed in their own
 * columns.
 */
export async function shrink(
  { table, grid, body, height }: SizedTable,
  runs: readonly ColumnRun[],
): Promise<void> {
  const surplus = { ...body, row: body.row + height, rows: body.rows - height };
  const ours = new Set(runs.flatMap(({ start, fields }) => fields.map((_, at) => start + at)));
  const emptied = await emptiedRows(grid, surplus, (column) => ours.has(column));
  table.resize(withHeadings(grid, body, height));
  await grid.sheet.context.sync();
  await writeRows(grid, surplus.row, surplus.column, emptied);
}

/** Restores the size, with empty cells below. */
export async function reset({ table, grid, body, height }: SizedTable): Promise<void> {
  table.resize(withHeadings(grid, body, body.rows));
  if (height > body.rows) {
    rangeOf(grid, { ...body, row: body.row + body.rows, rows: height - body.rows }).clear("Contents");
  }
  await grid.sheet.context.sync();
}

/** The contents that empty rows: all of our columns, and formulas in the other columns. */
async function emptiedRows(
  grid: Grid,
  area: CellArea,
  isOurs: (column: number) => boolean,
): Promise<Content[][]> {
  const emptied: Content[][] = [];
  const height = Math.max(1, Math.floor(chunkLimits.cells / area.columns));
  for (let from = 0; from < area.rows; from += height) {
    const rows = Math.min(height, area.rows - from);
    const range = rangeOf(grid, { ...area, row: area.row + from, rows }).load("formulas");
    await grid.sheet.context.sync();
    const isFormula = (content: unknown) => typeof content === "string" && content.startsWith("=");
    for (const line of range.formulas as unknown[][]) {
      emptied.push(line.map((content, column) => (isOurs(column) || isFormula(content) ? "" : null)));
    }
  }
  return emptied;
}

function withHeadings(grid: Grid, body: CellArea, height: number): Excel.Range {
  return rangeOf(grid, { ...body, row: body.row - 1, rows: height + 1 });
}
