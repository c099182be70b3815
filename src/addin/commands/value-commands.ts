/**
 * The commands that convert formulas to values.
 * @module
 */
import type { CommandNote, CommandResult } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { keepsTables } from "../runtime/tables/keeps-tables.ts";
import type { Tables } from "../runtime/tables/load-tables.ts";
import { convertToValues } from "../runtime/workbook/convert-to-values.ts";
import { countKalCells, type Scope } from "../runtime/workbook/kal-cells.ts";
import { snapshotSheet } from "../runtime/workbook/snapshot-sheet.ts";

/** Formulas and tables of a scope. */
export interface Convertible {
  readonly formulas: number;
  readonly tables: number;
}

/** What there is to convert. */
export async function countConvertible(scope: Scope, runtime: Runtime): Promise<Convertible> {
  const formulas = await countKalCells(scope);
  return {
    formulas,
    tables: await withTables(runtime, async ({ listTables }) => (await listTables(scope)).length),
  };
}

/** @returns undefined if there was nothing to convert */
export async function convert(scope: Scope, runtime: Runtime): Promise<CommandResult | undefined> {
  const { converted, left, waiting, narrow, changed, unread } = await convertToValues(scope, runtime);
  const tables = await withTables(runtime, ({ convertTables }) => convertTables(scope));
  if (converted + tables + left + waiting + narrow + changed + unread.length === 0) return undefined;
  return { did: { converted, tables }, errors: left, waiting, narrow, changed, sheets: unread };
}

/** Loads the code of tables only if the workbook has any. */
async function withTables(
  { loadTables }: Runtime,
  work: (tables: Tables) => Promise<number>,
): Promise<number> {
  return (await keepsTables()) ? work(await loadTables()) : 0;
}

export async function snapshot({ openCalls, now }: Runtime): Promise<CommandNote | CommandResult> {
  const made = await snapshotSheet(openCalls, now());
  if ("sheet" in made) return { did: { snapshot: made.sheet } };
  return made.problem === "empty" ? "emptySheet" : "stillWaiting";
}
