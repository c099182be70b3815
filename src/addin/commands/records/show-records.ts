/**
 * Shows the records behind the selected figure on a new sheet: a link back, the query, and a table that refreshes.
 * @module
 */
import { formatQuery } from "../../../kalibrate/query/format.ts";
import { fullAddress } from "../../../excel/address.ts";
import type { CommandNote, CommandResult } from "../../runtime/command-outcome.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { TableQuery } from "../../runtime/tables/table-query.ts";
import { asTyped } from "../../runtime/workbook/as-typed.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import { onNewSheet } from "../../runtime/workbook/new-sheet.ts";
import { linkTo, readFigure } from "./read-figure.ts";
import { recordsQuery } from "./records-query.ts";

/** Rows above the table: the link, the formula, what was asked, an empty one. */
const headRows = 4;

/** @throws KalError of the query or of an argument; the workbook is then as before. */
export async function showRecords(runtime: Runtime): Promise<CommandNote | CommandResult> {
  const figure = await readFigure();
  if (typeof figure === "string") return figure;
  const empty = runtime.valueSettings.rangeForm().empty;
  const query = recordsQuery(figure, { now: new Date(runtime.now()), empty });
  if (!query) return "noFigure";
  const { insertTable } = await runtime.loadTables();
  return onNewSheet("Records", async (sheet) => {
    const place = fullAddress(sheet, { row: headRows, column: 0, rows: 1, columns: 1 });
    const { rows } = await insertTable(query, { place });
    await writeHead(sheet, [linkTo(figure.address), asTyped(figure.formula), asTyped(wordsOf(query))]);
    return { did: { records: rows, sheet } };
  });
}

function writeHead(name: string, lines: readonly string[]): Promise<void> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItem(name);
    lines.forEach((line, row) => (sheet.getCell(row, 0).formulas = [[line]]));
    await context.sync();
  });
}

/** What was asked, in one line. */
function wordsOf({ collection, query = "", where = [], moment, timeavg }: TableQuery): string {
  const conditions = where.map(({ field, value }) =>
    value === null
      ? `${field} empty`
      : formatQuery([{ property: field, operator: "=", value: String(value) }]),
  );
  return [
    [collection, query, ...conditions].filter(Boolean).join(" "),
    moment !== undefined && `in force at ${moment}`,
    timeavg !== undefined && "and the records in force meanwhile",
  ]
    .filter(Boolean)
    .join(", ");
}
