/**
 * The tables whose queries the workbook keeps, as they are now.
 * @module
 */
import type { Scope } from "../workbook/kal-cells.ts";
import { findColumns } from "./find-columns.ts";
import { forgetTables, keepTable, type KeptTable, keptTables } from "./kept-tables.ts";

/**
 * The kept tables of a scope, by the names and ids that they have now. One that is not there any more is forgotten.
 */
export async function findTables(context: Excel.RequestContext, scope: Scope): Promise<KeptTable[]> {
  const inScope = await idsIn(context, scope);
  const { tables } = context.workbook;
  tables.load("items/id,items/name");
  await context.sync();
  const found: KeptTable[] = [];
  const gone: KeptTable[] = [];
  for (const kept of keptTables()) {
    const table = await find(kept, tables.items);
    if (!table) gone.push(kept);
    else if (!found.some(({ id }) => id === table.id)) found.push(keepAs(kept, table));
  }
  forgetTables(gone);
  return found.filter(({ id }) => inScope === undefined || inScope.has(id));
}

/** Under the name and the id that it has now. */
function keepAs(kept: KeptTable, { id, name }: Excel.Table): KeptTable {
  if (kept.id === id && kept.name === name) return kept;
  const now = { ...kept, id, name };
  keepTable(now);
  return now;
}

/**
 * By its id, which a new name does not change. Nobody promises that it outlives the workbook's being closed, so a
 * table that has the id but another name must have the columns as well; else the name counts.
 */
async function find(kept: KeptTable, tables: readonly Excel.Table[]): Promise<Excel.Table | undefined> {
  const byName = tables.find(({ name }) => name === kept.name);
  const byId = tables.find(({ id }) => id === kept.id);
  if (!byId || byId === byName) return byName;
  const headings = byId.getHeaderRowRange().load("values");
  await byId.context.sync();
  const places = findColumns({ ...kept, row: [] }, headings.values[0]!.map(String));
  const known = places.filter((place) => place !== undefined).length;
  return known * 2 >= places.length ? byId : byName;
}

/** undefined: all */
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
