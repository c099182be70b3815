/**
 * One connection put in the place of another in the whole workbook: in formulas, names, inserted tables and settings.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import { replaceConnection } from "../formulas/connection-in-formula.ts";
import { keepTable, readKeptTables } from "../tables/kept-tables.ts";
import { findKalCells, runOptions } from "./kal-cells.ts";

/** What would change, for a person to see first. */
export interface ConnectionUses {
  /** Formulas by the name of their sheet. */
  readonly formulas: readonly { readonly sheet: string; readonly count: number }[];
  /** Names that stand for such a formula. */
  readonly names: readonly string[];
  /** Names of tables. */
  readonly tables: readonly string[];
  /** Sheets that Excel does not let read. */
  readonly unread: readonly string[];
}

/**
 * Finds what names a connection, and puts another in its place where that is wanted. Formulas and tables without a
 * connection follow the workbook's own, which is not changed here.
 * @param isDone whether it is changed, or only listed
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet; some sheets may be changed by then.
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
