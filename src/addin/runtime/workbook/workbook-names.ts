/**
 * The names of the workbook, for formulas that call our functions through them: a cell `=SiteList` has `SiteList` in
 * its formula, not KAL (Excel-Custom-Functions 298).
 * @module
 */
import { createCallCounter } from "./kal-calls.ts";

/** How often a formula on a sheet calls our functions. */
export type CountCalls = (formula: string, sheet: string) => number;

/**
 * @param only see `createCallCounter`
 * @returns what counts calls, with the names as they are now
 */
export async function readNames(context: Excel.RequestContext, only?: string): Promise<CountCalls> {
  const { workbook } = context;
  workbook.load("name");
  workbook.names.load("items/name,items/formula");
  workbook.worksheets.load("items/name");
  await context.sync();
  const sheets = workbook.worksheets.items;
  // `workbook.names` has those of the whole workbook only.
  for (const { names } of sheets) names.load("items/name,items/formula");
  await context.sync();
  const names = [
    ...workbook.names.items.map(({ name, formula }) => ({ name, formula: String(formula) })),
    ...sheets.flatMap(({ name: sheet, names }) =>
      names.items.map(({ name, formula }) => ({ name, formula: String(formula), sheet })),
    ),
  ];
  return createCallCounter({ names, sheets: sheets.map(({ name }) => name), fileName: workbook.name }, only);
}
