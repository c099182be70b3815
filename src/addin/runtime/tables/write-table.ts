/**
 * Writes a new table into the workbook: completely or not at all.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { addressOf } from "../workbook/cell-blocks.ts";
import { looksOf } from "../workbook/column-look.ts";
import { fitColumns } from "../workbook/fit-columns.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { CellForm } from "../cells.ts";
import { asTyped } from "../workbook/as-typed.ts";
import type { Content } from "./chunks.ts";
import { alignHeadings, type FormatChange, formatChangesFor, setFormats } from "./column-formats.ts";
import { chooseAnother, type Place, sheetOf } from "./find-place.ts";
import { keepTable, newKey } from "./kept-tables.ts";
import type { CellArea } from "../../../excel/address.ts";
import { type Grid, gridAt, rangeOf, refuseOccupied } from "./room.ts";
import { contentsOf, headingsOf } from "./table-contents.ts";
import { freeTableName } from "./table-name.ts";
import type { TableQuery } from "./table-query.ts";
import type { StreamedTable } from "./table-reader.ts";
import { writeRows } from "./write-rows.ts";

export interface NewTable {
  /** The table's name in the workbook. */
  readonly name: string;
  /** Its area as Excel writes it: `Sheet1!B3:F900`. */
  readonly address: string;
  readonly rows: number;
}

export interface NewTableOptions {
  readonly query: TableQuery;
  readonly headers: 1 | 2;
  readonly place: Place;
  readonly form: CellForm;
  /** Called with the number of rows written so far. */
  readonly onWritten: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** The changes made to the sheet so far. */
interface Done {
  /** Rows that may have been written. */
  rows: number;
  formats: readonly FormatChange[];
}

/** @throws as `insertTable`; the sheet is then unchanged. */
export async function writeTable(table: StreamedTable, options: NewTableOptions): Promise<NewTable> {
  const { place } = options;
  // An Excel table has at least one row.
  const height = Math.max(table.rows.length, 1) + 1;
  const area: CellArea = {
    row: place.row,
    column: place.column,
    rows: height,
    columns: table.columns.length,
  };
  const done: Done = { rows: 0, formats: [] };
  return Excel.run(runOptions, async (context) => {
    const grid = gridAt(await sheetOf(context, place), place);
    try {
      return await write(context, table, { ...options, grid, area, done });
    } catch (error) {
      if (done.rows > 0) await takeAway(grid, { ...area, rows: done.rows }, done.formats);
      throw error;
    }
  });
}

async function write(
  context: Excel.RequestContext,
  table: StreamedTable,
  {
    query,
    headers,
    grid,
    form,
    onWritten,
    signal,
    area,
    done,
  }: NewTableOptions & { grid: Grid; area: CellArea; done: Done },
): Promise<NewTable> {
  signal?.throwIfAborted();
  const { sheet } = grid;
  await refuseOccupied(grid, area, chooseAnother);
  const headings = headingsOf(table, headers);
  const name = await freeTableName(context, query.collection);
  const body = { ...area, row: area.row + 1, rows: area.rows - 1 };
  const looks = looksOf(query.collection, table, form);
  done.formats = await formatChangesFor(grid, body, looks);
  setFormats(grid, done.formats, "after");
  onWritten(0);
  await writeRows(grid, area.row, area.column, withHeadings(headings, contentsOf(table, form)), {
    signal,
    onReach: (rows) => (done.rows = rows),
    onWritten: (rows) => onWritten(rows - 1),
  });
  done.rows = area.rows;
  const range = rangeOf(grid, area).load("address");
  const made = sheet.tables.add(range, true).load("id");
  made.name = name;
  alignHeadings(grid, area, looks);
  await fitColumns(range);
  const fields = table.columns.map((column) => column.name);
  await keepTable(context, {
    key: newKey(),
    name,
    id: made.id,
    query: { ...query, fields },
    headings,
    row: headings,
    asOf: table.asOf,
  });
  return { name, address: range.address, rows: table.rows.length };
}

function* withHeadings(headings: readonly string[], lines: Iterable<Content[]>) {
  yield headings.map(asTyped);
  yield* lines;
}

/** The area was empty before, so everything in it is ours. */
async function takeAway(grid: Grid, area: CellArea, formats: readonly FormatChange[]): Promise<void> {
  const { context } = grid.sheet;
  try {
    const range = rangeOf(grid, area);
    const tables = range.getTables(false).load("items/name");
    await context.sync();
    for (const table of tables.items) table.delete();
    range.clear("Contents");
    setFormats(grid, formats, "before");
    rangeOf(grid, { ...area, rows: 1 }).format.horizontalAlignment = "General";
    await context.sync();
  } catch (cause) {
    const { row, column, rows, columns } = area;
    const cells = addressOf({ top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 });
    throw new KalError("KAL_EXCEL_REFUSED", {
      message: `The table is incomplete, and Excel refuses to remove the part already written.`,
      hint: `Clear ${cells} yourself.`,
      cause,
    });
  }
}
