/**
 * Replaces one connection by another in the whole workbook: in formulas, names, inserted tables and settings.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import { replaceConnection } from "../formulas/connection-in-formula.ts";
import { keepTable, readKeptTables } from "../tables/kept-tables.ts";
import { findKalCells } from "./kal-cells.ts";
import { runOptions } from "./run-options.ts";

/** What would change, shown to the person first. */
export interface ConnectionUses {
  /** Number of formulas by sheet. */
  readonly formulas: readonly { readonly sheet: string; readonly count: number }[];
  /** Defined names whose formulas use the connection. */
  readonly names: readonly string[];
  /** Names of the tables that use it. */
  readonly tables: readonly string[];
  /** Sheets that Excel refused to read. */
  readonly unread: readonly string[];
}

/**
 * Lists where a connection is used, and replaces it if `isDone`. Formulas and tables without a connection use the
 * workbook's own, which does not change here.
 * @param isDone whether to replace it or only list its uses
 * @throws OfficeExtension.Error when Excel refuses, for example on a protected sheet; some sheets may be changed by
 * then.
 */
export function changeConnection(from: string, to: string, isDone: boolean): Promise<ConnectionUses> {
  return Excel.run(runOptions, async (context) => {
    const { found, unread } = await findKalCells(context, "workbook");
    const formulas: { sheet: string; count: number }[] = [];
    for (const { sheet, cells } of found) {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      let count = 0;
      for (const { row, column, formula } of cells) {
        const next = replaceConnection(formula, from, to);
        if (next === formula) continue;
        count += 1;
        if (isDone) worksheet.getCell(row, column).formulas = [[next]];
      }
      if (count > 0) formulas.push({ sheet, count });
      if (isDone) await context.sync();
    }
    const names = await changeNames(context, from, to, isDone);
    const tables: string[] = [];
    for (const table of await readKeptTables(context)) {
      const { connection } = table.query;
      if (connection === undefined || !isSameConnection(connection, from)) continue;
      tables.push(table.name);
      if (isDone) await keepTable(context, { ...table, query: { ...table.query, connection: to } });
    }
    return { formulas, names, tables, unread };
  });
}

async function changeNames(
  context: Excel.RequestContext,
  from: string,
  to: string,
  isDone: boolean,
): Promise<string[]> {
  const { names, worksheets } = context.workbook;
  names.load("items/name,items/formula");
  worksheets.load("items/name");
  await context.sync();
  const ofSheets = worksheets.items.map((sheet) => sheet.names.load("items/name,items/formula"));
  await context.sync();
  const changed: string[] = [];
  for (const item of [...names.items, ...ofSheets.flatMap(({ items }) => items)]) {
    const formula = String(item.formula);
    const next = replaceConnection(formula, from, to);
    if (next === formula) continue;
    changed.push(item.name);
    if (isDone) item.formula = next;
  }
  await context.sync();
  return changed;
}
