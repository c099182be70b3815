/**
 * Other columns in a table that consists of the query's columns only.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { Table } from "../../../kalibrate/table.ts";
import type { CellArea } from "../../../excel/address.ts";
import type { CellForm } from "../cells.ts";
import { asTyped } from "../workbook/as-typed.ts";
import { looksOf } from "../workbook/column-look.ts";
import { fitColumns } from "../workbook/fit-columns.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { Content } from "./chunks.ts";
import { alignHeadings } from "./column-formats.ts";
import { keepTable, type KeptTable } from "./kept-tables.ts";
import { readRows } from "./read-rows.ts";
import { readTable } from "./rewrite-table.ts";
import { type Grid, rangeOf, refuseOccupied } from "./room.ts";
import { contentsOf } from "./table-contents.ts";
import { refuseNoRoom } from "./table-size.ts";
import { writeRows } from "./write-rows.ts";

/** The table with its headings, before and after. */
interface Shapes {
  readonly grid: Grid;
  readonly table: Excel.Table;
  readonly before: CellArea;
  readonly after: CellArea;
}

/** @returns the table as it is now saved in the workbook. @throws as `ChangeTable`; the table is then as it was */
export async function reshapeTable(
  kept: KeptTable,
  next: KeptTable,
  answer: Table,
  form: CellForm,
): Promise<KeptTable> {
  return Excel.run(runOptions, async (context) => {
    const { table, grid, body, headings } = await readTable(context, kept);
    if (JSON.stringify(headings) !== JSON.stringify(kept.row)) throw changed(kept);
    const height = Math.max(answer.rows.length, 1);
    await refuseNoRoom({ table, grid, body, height });
    const before = { ...body, row: body.row - 1, rows: body.rows + 1 };
    const after = { ...before, rows: height + 1, columns: answer.columns.length };
    const beside = {
      ...after,
      column: before.column + before.columns,
      columns: after.columns - before.columns,
    };
    if (beside.columns > 0) {
      await refuseOccupied(grid, beside, `Move it: the table ${kept.name} gets more columns.`);
    }
    const shapes = { grid, table, before, after };
    const formats = await formatsOf(grid, body);
    const contents = await readRows(grid, before);
    try {
      await fill(shapes, withHeadings(next.headings, contentsOf(answer, form)));
      const looks = looksOf(next.query.collection, answer, form);
      const former = new Map(kept.query.fields.map((field, at) => [field, formats[at]]));
      next.query.fields.forEach((field, at) => {
        const format = former.get(field) ?? "General";
        const own = format === "General" ? (looks[at]?.numberFormat ?? format) : format;
        setFormat(
          grid,
          { ...after, row: after.row + 1, rows: height, column: after.column + at, columns: 1 },
          own,
        );
      });
      alignHeadings(grid, after, looks);
      await fitColumns(rangeOf(grid, after));
      await keepTable(context, next);
      return next;
    } catch (error) {
      await putBack(kept, { ...shapes, before: after, after: before }, contents, formats);
      throw error;
    }
  });
}

async function fill({ grid, table, before, after }: Shapes, rows: Iterable<Content[]>): Promise<void> {
  table.clearFilters();
  table.sort.clear();
  table.resize(rangeOf(grid, after));
  await grid.sheet.context.sync();
  await writeRows(grid, after.row, after.column, rows);
  for (const area of beyond(before, after)) rangeOf(grid, area).clear("Contents");
  await grid.sheet.context.sync();
}

/** The parts of an area that another one with the same first cell does not cover. */
function beyond(before: CellArea, after: CellArea): CellArea[] {
  const below = { ...before, row: before.row + after.rows, rows: before.rows - after.rows };
  const beside = {
    ...before,
    rows: Math.min(before.rows, after.rows),
    column: before.column + after.columns,
    columns: before.columns - after.columns,
  };
  return [below, beside].filter(({ rows, columns }) => rows > 0 && columns > 0);
}

function* withHeadings(headings: readonly string[], rows: Iterable<Content[]>): Generator<Content[]> {
  yield headings.map(asTyped);
  let count = 0;
  for (const row of rows) {
    count += 1;
    yield row;
  }
  // A table needs at least one row.
  if (count === 0) yield headings.map(() => "");
}

async function formatsOf(grid: Grid, body: CellArea): Promise<string[]> {
  const first = rangeOf(grid, { ...body, rows: 1 }).load("numberFormat");
  await grid.sheet.context.sync();
  return first.numberFormat[0] as string[];
}

function setFormat(grid: Grid, area: CellArea, format: string): void {
  // One value stands for all cells; the types do not know.
  rangeOf(grid, area).numberFormat = format as unknown as string[][];
}

async function putBack(
  kept: KeptTable,
  shapes: Shapes,
  contents: readonly Content[][],
  formats: readonly string[],
): Promise<void> {
  const { grid, after } = shapes;
  try {
    await fill(shapes, contents as Content[][]);
    formats.forEach((format, at) =>
      setFormat(
        grid,
        { ...after, row: after.row + 1, rows: after.rows - 1, column: after.column + at, columns: 1 },
        format,
      ),
    );
    await grid.sheet.context.sync();
  } catch (cause) {
    throw new KalError("KAL_EXCEL_REFUSED", {
      message: `The table ${kept.name} may show old and new columns mixed.`,
      hint: "Press Undo, or insert it again.",
      cause,
    });
  }
}

function changed({ name }: KeptTable): KalError {
  return new KalError("KAL_EXCEL_REFUSED", {
    message: `The columns of the table ${name} have been changed in the sheet, so they cannot be changed here.`,
    hint: "Refresh the table and open it again, or insert the query as a new table.",
  });
}
