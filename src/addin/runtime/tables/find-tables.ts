/**
 * Finds the workbook's tables whose queries are saved, under their current names and ids.
 * @module
 */
import type { Scope } from "../workbook/kal-cells.ts";
import { findColumns } from "./find-columns.ts";
import { keepTable, type KeptTable, readKeptTables } from "./kept-tables.ts";

/** The saved tables of a scope, with their current names and ids. */
export async function findTables(context: Excel.RequestContext, scope: Scope): Promise<KeptTable[]> {
  const kept = await readKeptTables(context);
  if (kept.length === 0) return [];
  const inScope = await idsIn(context, scope);
  const { tables } = context.workbook;
  tables.load("items/id,items/name");
  await context.sync();
  const found = new Map<Excel.Table, KeptTable>();
  const others: KeptTable[] = [];
  for (const each of kept) {
    const table = await findById(each, tables.items);
    if (table && !found.has(table)) found.set(table, each);
    else others.push(each);
  }
  for (const each of others) {
    const table = tables.items.find(({ name }) => name === each.name);
    if (table && !found.has(table)) found.set(table, each);
  }
  const now: KeptTable[] = [];
  for (const [table, each] of found) now.push(await keepAs(context, each, table));
  return now.filter(({ id }) => inScope === undefined || inScope.has(id));
}

/** Saves the current name and id. */
async function keepAs(
  context: Excel.RequestContext,
  kept: KeptTable,
  { id, name }: Excel.Table,
): Promise<KeptTable> {
  if (kept.id === id && kept.name === name) return kept;
  const now = { ...kept, id, name };
  await keepTable(context, now);
  return now;
}

/**
 * Finds a table by its id, which survives renaming. Excel does not promise that the id survives closing the workbook,
 * so a table with the id but another name must also have the columns.
 */
async function findById(kept: KeptTable, tables: readonly Excel.Table[]): Promise<Excel.Table | undefined> {
  const table = tables.find(({ id }) => id === kept.id);
  if (!table || table.name === kept.name) return table;
  const headings = table.getHeaderRowRange().load("values");
  await table.context.sync();
  const places = findColumns({ ...kept, row: [] }, headings.values.flat().map(String));
  const known = places.filter((place) => place !== undefined).length;
  return known * 2 >= places.length ? table : undefined;
}

/** undefined: all tables */
async function idsIn(context: Excel.RequestContext, scope: Scope): Promise<ReadonlySet<string> | undefined> {
  if (scope === "workbook") return undefined;
  const { workbook } = context;
  const tables =
    scope === "sheet"
      ? workbook.worksheets.getActiveWorksheet().tables
      : workbook.getSelectedRanges().getTables(false);
  tables.load("items/id");
  await context.sync();
  return new Set(tables.items.map(({ id }) => id));
}
