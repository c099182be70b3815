/**
 * Reads the workbook's defined names, for formulas that call our functions through them: a cell `=SiteList` contains
 * `SiteList`, not KAL (Excel-Custom-Functions 298).
 * @module
 */
import { createCallCounter } from "./kal-calls.ts";

/** Counts the calls of our functions in a formula on a sheet. */
export type CountCalls = (formula: string, sheet: string) => number;

/**
 * @param only see `createCallCounter`
 * @returns a call counter for the current names
 */
export async function readNames(context: Excel.RequestContext, only?: string): Promise<CountCalls> {
  const { workbook } = context;
  workbook.load("name");
  workbook.names.load("items/name,items/formula");
  workbook.worksheets.load("items/name");
  await context.sync();
  const sheets = workbook.worksheets.items;
  // `workbook.names` contains only the workbook-level names.
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
