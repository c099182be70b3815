/**
 * Writes new rows into an existing table. Either all rows are replaced or the old ones stay.
 *
 * Only the query's columns are written. A person's own columns, formats, sorting and filters stay. The rows are
 * written in the query's order, then the table's own sorting and filters are applied again.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import type { CellForm } from "../cells.ts";
import { incomplete } from "../session/gateway-answers.ts";
import { looksOf } from "../workbook/column-look.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { Content } from "./chunks.ts";
import { formatChangesFor, setFormats } from "./column-formats.ts";
import { type ColumnRun, findColumns, runsOf } from "./find-columns.ts";
import { keepTable, type KeptTable } from "./kept-tables.ts";
import { readRows, sameAs } from "./read-rows.ts";
import type { CellArea } from "../../../excel/address.ts";
import { contentsOf } from "./table-contents.ts";
import { grow, reset, refuseNoRoom, shrink, type SizedTable } from "./table-size.ts";
import type { Grid } from "./room.ts";
import { writeRows } from "./write-rows.ts";

/** The old contents of the query's columns, for restoring them. */
interface Before {
  readonly runs: readonly (ColumnRun & { readonly rows: readonly Content[][] })[];
  readonly sized: SizedTable;
}

/**
 * @param saved the table as the workbook has it, if it is to get another query
 * @returns the table as the workbook has it now
 * @throws KalError KAL_NO_ROOM, KAL_TOO_LARGE; OfficeExtension.Error when Excel refuses. The old rows are then
 * restored.
 */
export async function rewriteTable(
  kept: KeptTable,
  answer: Table,
  form: CellForm,
  saved = kept,
): Promise<KeptTable> {
  if (answer.columns.length !== kept.query.fields.length) throw incomplete();
  let before: Before | undefined;
  try {
    return await Excel.run(runOptions, async (context) => {
      const { table, grid, body, headings } = await readTable(context, kept);
      const places = findColumns(kept, headings);
      const sized = { table, grid, body, height: Math.max(answer.rows.length, 1) };
      const present = runsOf(places);
      if (present.length === 0) throw noColumns(kept);
      await refuseNoRoom(sized);
      const runs = [];
      for (const run of present) runs.push({ ...run, rows: await readRows(grid, areaOf(run, body)) });
      before = { runs, sized };
      await write(kept.query.collection, answer, form, before);
      const now = asItIsNow(kept, places, headings);
      // Saving settings may clear Excel's undo (office-js 3141).
      if (JSON.stringify(now) !== JSON.stringify(saved)) await keepTable(context, now);
      await applyAgain(table);
      return now;
    });
  } catch (error) {
    if (before) await putBack(kept, before);
    throw error;
  }
}

/** The table with its cells. @throws KalError KAL_EXCEL_REFUSED if it is gone or has no header row. */
export async function readTable(context: Excel.RequestContext, kept: KeptTable) {
  const table = context.workbook.tables.getItemOrNullObject(kept.id).load("showHeaders");
  await context.sync();
  if (table.isNullObject) throw refusal(kept, "no longer exists", "Insert it again.");
  if (!table.showHeaders) {
    throw refusal(kept, "has no header row", "Switch it on (Table Design → Header Row), then refresh.");
  }
  const body = table.getDataBodyRange().load("rowIndex,columnIndex,rowCount,columnCount");
  const corner = body.getCell(0, 0).load("address");
  const header = table.getHeaderRowRange().load("values");
  await context.sync();
  const { rowIndex: row, columnIndex: column, rowCount: rows, columnCount: columns } = body;
  const headings = header.values.flat().map(String);
  const grid: Grid = { sheet: table.worksheet, corner, row, column };
  return { table, grid, headings, body: { row, column, rows, columns } };
}

async function write(
  collection: string,
  answer: Table,
  form: CellForm,
  { runs, sized }: Before,
): Promise<void> {
  const { grid, body, height } = sized;
  const looks = looksOf(collection, answer, form);
  if (height > body.rows) await grow(sized);
  for (const run of runs) {
    const area = areaOf(run, { ...body, rows: height });
    const ours = run.fields.map((field) => looks[field]);
    setFormats(grid, await formatChangesFor(grid, area, ours), "after");
    await writeRows(grid, area.row, area.column, fieldsOf(contentsOf(answer, form), run), {
      isThere: (part) => sameAs(run.rows, part),
    });
    // A table needs at least one row.
    if (answer.rows.length === 0) await writeRows(grid, area.row, area.column, [run.fields.map(() => "")]);
  }
  if (height < body.rows) await shrink(sized, runs);
  await grid.sheet.context.sync();
}

/** Restores the table completely. */
async function putBack(kept: KeptTable, { runs, sized }: Before): Promise<void> {
  try {
    await Excel.run(runOptions, async (context) => {
      const table = context.workbook.tables.getItem(kept.id);
      const first = table.getDataBodyRange().getCell(0, 0).load("rowIndex,columnIndex");
      await context.sync();
      // Rows may have been inserted above the table meanwhile.
      const body = { ...sized.body, row: first.rowIndex, column: first.columnIndex };
      const grid: Grid = { sheet: table.worksheet, corner: first, row: body.row, column: body.column };
      await reset({ ...sized, table, grid, body });
      for (const run of runs) {
        const area = areaOf(run, body);
        await writeRows(grid, area.row, area.column, run.rows);
      }
    });
  } catch (cause) {
    throw refusal(kept, "may show old and new rows mixed", "Press Undo, or refresh it again.", cause);
  }
}

function* fieldsOf(rows: Iterable<Content[]>, { fields }: ColumnRun): Generator<Content[]> {
  for (const row of rows) yield fields.map((field) => row[field] ?? "");
}

function areaOf({ start, fields }: ColumnRun, body: CellArea): CellArea {
  return { ...body, column: body.column + start, columns: fields.length };
}

/** Columns that a person has deleted are no longer requested. */
function asItIsNow(
  kept: KeptTable,
  places: readonly (number | undefined)[],
  headings: readonly string[],
): KeptTable {
  const isThere = (_: string, field: number) => places[field] !== undefined;
  return {
    ...kept,
    query: { ...kept.query, fields: kept.query.fields.filter(isThere) },
    headings: places.flatMap((place) => (place === undefined ? [] : headings.slice(place, place + 1))),
    row: headings,
  };
}

/** The rows are correct in any order, so we ignore it if Excel refuses to sort or filter. */
async function applyAgain(table: Excel.Table): Promise<void> {
  try {
    table.sort.load("fields");
    await table.context.sync();
    if (table.sort.fields.length > 0) table.sort.reapply();
    table.reapplyFilters();
    await table.context.sync();
  } catch (error) {
    if (!(error instanceof OfficeExtension.Error)) throw error;
  }
}

function noColumns(kept: KeptTable): KalError {
  return refusal(kept, "no longer has any column of its query", "Insert it again.");
}

function refusal({ name }: KeptTable, what: string, hint: string, cause?: unknown): KalError {
  return new KalError("KAL_EXCEL_REFUSED", { message: `The table ${name} ${what}.`, hint, cause });
}
