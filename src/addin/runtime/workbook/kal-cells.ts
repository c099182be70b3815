/**
 * Finds cells whose formula calls one of our functions, directly or through a name.
 *
 * A sheet that Excel refuses to read never stops the others: it is skipped and reported.
 * @module
 */
import type { OpenCalls } from "../requests/open-calls.ts";
import { byPlace, addressOf, blocksOf, type CellPlace, placesOf } from "./cell-blocks.ts";
import { runOptions } from "./run-options.ts";
import { type CountCalls, readNames } from "./workbook-names.ts";

/** The cells that an action applies to. */
export type Scope = "selection" | "sheet" | "workbook";

/** A cell with its formula. */
export interface FormulaCell extends CellPlace {
  readonly formula: string;
}

/** Cells of one sheet. */
export interface SheetCells {
  readonly sheet: string;
  readonly cells: readonly FormulaCell[];
}

export interface FoundCells {
  readonly found: readonly SheetCells[];
  /** Names of sheets that Excel refused to read. */
  readonly unread: readonly string[];
}

/** Cells that show an error, with the error. */
export interface FailedCells extends FoundCells {
  readonly found: readonly { readonly sheet: string; readonly cells: readonly FoundCell[] }[];
}

/**
 * The cells of a scope that call our functions.
 * @param only counts only calls of one function, `STATUS`
 */
export async function findKalCells(
  context: Excel.RequestContext,
  scope: Scope,
  only?: string,
): Promise<FoundCells> {
  const countCalls = await readNames(context, only);
  if (scope === "selection") return { found: await findSelected(context, countCalls), unread: [] };
  return findOnSheets(context, await sheetsOf(context, scope), "Formulas", countCalls);
}

/** Number of cells of a scope that call our functions, on the sheets that Excel can read. */
export function countKalCells(scope: Scope): Promise<number> {
  return Excel.run(runOptions, async (context) => {
    const { found } = await findKalCells(context, scope);
    return found.reduce((count, { cells }) => count + cells.length, 0);
  });
}

/** What a scope means now, as a text that differs for other cells: selected addresses, or the active sheet's id. */
export function describeScope(scope: Scope): Promise<string> {
  return Excel.run(runOptions, async (context) => {
    if (scope !== "selection") {
      const sheet = context.workbook.worksheets.getActiveWorksheet().load("id");
      await context.sync();
      return scope === "sheet" ? sheet.id : "";
    }
    const active = context.workbook.getActiveCell().load("address");
    const ranges = context.workbook.getSelectedRanges().load("address");
    await context.sync();
    return `${active.address} ${ranges.address}`;
  });
}

/**
 * The selected cells, and the formula cell whose spilled table contains the active cell: people select what they see.
 */
async function findSelected(context: Excel.RequestContext, countCalls: CountCalls): Promise<SheetCells[]> {
  const ranges = context.workbook.getSelectedRanges();
  const sheet = ranges.worksheet;
  // Only the used cells: whole columns may be selected.
  const areas = ranges.getUsedRangeAreasOrNullObject(true);
  const parent = context.workbook.getActiveCell().getSpillParentOrNullObject();
  sheet.load("name");
  areas.load(placeProperties.map((name) => `areas/items/${name}`));
  parent.load(placeProperties);
  await context.sync();
  const selected = areas.isNullObject ? [] : areas.areas.items;
  const cells = selected.flatMap((range) => kalCellsOf(range, sheet.name, countCalls));
  const parents = parent.isNullObject ? [] : kalCellsOf(parent, sheet.name, countCalls);
  const others = parents.filter(
    (parent) => !cells.some(({ row, column }) => row === parent.row && column === parent.column),
  );
  return [{ sheet: sheet.name, cells: [...cells, ...others] }];
}

/**
 * The cells of all sheets that call our functions and show an error. A #BUSY! cell counts only if no call of ours is
 * open for it: Excel has abandoned it (office-js 6662). #N/A is an answer: no record matches.
 */
export async function findFailedKalCells(
  context: Excel.RequestContext,
  openCalls: OpenCalls,
): Promise<FailedCells> {
  const countCalls = await readNames(context);
  const sheets = await sheetsOf(context, "workbook");
  const all = await findOnSheets(context, sheets, "Errors", countCalls);
  const waits = cellsAt(openCalls.addresses());
  const found = all.found.map(({ sheet, cells }) => ({
    sheet,
    cells: cells.filter(
      (cell) =>
        cell.error !== "#N/A" &&
        (cell.error !== "#BUSY!" || (!openCalls.areElsewhere() && !waits(sheet, cell))),
    ),
  }));
  return { ...all, found: found.filter(({ cells }) => cells.length > 0) };
}

/** @returns a function that tells whether a cell is among these addresses */
export function cellsAt(addresses: Iterable<string>): (sheet: string, cell: CellPlace) => boolean {
  const isThere = byPlace(Array.from(addresses, (address) => [address, true] as const));
  return (sheet, cell) => isThere(sheet, cell) ?? false;
}

/**
 * The cells of these addresses that still call our functions. A sheet may have been deleted meanwhile.
 * @param minCalls minimum number of calls in the formula
 */
export async function findByAddress(
  context: Excel.RequestContext,
  addresses: Iterable<string>,
  minCalls: number,
): Promise<SheetCells[]> {
  const places = placesOf(addresses);
  if (places.size === 0) return [];
  const countCalls = await readNames(context);
  const there = new Set((await sheetsOf(context, "workbook")).map(({ name }) => name));
  const ranges = [...places]
    .filter(([sheet]) => there.has(sheet))
    .flatMap(([sheet, cells]) => {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      return blocksOf(cells).map((block) => ({ sheet, range: worksheet.getRange(addressOf(block)) }));
    });
  for (const { range } of ranges) range.load(placeProperties);
  await context.sync();
  return ranges.map(({ sheet, range }) => ({
    sheet,
    cells: kalCellsOf(range, sheet, countCalls, "Formulas", minCalls),
  }));
}

async function sheetsOf(context: Excel.RequestContext, scope: Scope): Promise<Excel.Worksheet[]> {
  const { worksheets } = context.workbook;
  if (scope === "sheet") {
    const active = worksheets.getActiveWorksheet();
    active.load("name");
    await context.sync();
    return [active];
  }
  worksheets.load("items/name");
  await context.sync();
  return worksheets.items;
}

/** All formulas, or only those that show an error. */
type Kind = "Formulas" | "Errors";

interface FoundCell extends FormulaCell {
  /** The error that the cell shows, if requested. */
  readonly error: unknown;
}

const placeProperties = ["formulas", "rowIndex", "columnIndex"];
/** Load values only where needed: a sheet may have 100,000 formulas. */
const propertiesOf = (kind: Kind): string[] =>
  kind === "Errors" ? [...placeProperties, "values", "valueTypes"] : placeProperties;

/**
 * Asks for all sheets in one request; if Excel refuses, for one sheet at a time.
 * @throws OfficeExtension.Error when Excel refuses every sheet.
 */
async function findOnSheets(
  context: Excel.RequestContext,
  sheets: readonly Excel.Worksheet[],
  kind: Kind,
  countCalls: CountCalls,
): Promise<{ found: { sheet: string; cells: FoundCell[] }[]; unread: string[] }> {
  const found: { sheet: string; cells: FoundCell[] }[] = [];
  const unread: string[] = [];
  let refusal: unknown;
  const noted = (error: unknown) => void (refusal = error);
  const parts = await specialCells(context, sheets, kind).catch(noted);
  for (const [at, sheet] of sheets.entries()) {
    const ranges =
      parts?.[at] ??
      (await specialCells(context, [sheet], kind).catch(noted))?.[0] ??
      // On a protected sheet Excel may refuse special cells, but we can still read its used range.
      (await usedRange(context, sheet, kind).catch(noted));
    if (!ranges) unread.push(sheet.name);
    const cells = ranges?.flatMap((range) => kalCellsOf(range, sheet.name, countCalls, kind)) ?? [];
    if (cells.length > 0) found.push({ sheet: sheet.name, cells });
  }
  if (unread.length > 0 && unread.length === sheets.length) throw refusal;
  return { found, unread };
}

/** The ranges of each sheet with formulas, or with formulas that show errors. */
async function specialCells(
  context: Excel.RequestContext,
  sheets: readonly Excel.Worksheet[],
  kind: Kind,
): Promise<Excel.Range[][]> {
  const all = sheets.map((sheet) => {
    const whole = sheet.getRange();
    const areas =
      kind === "Errors"
        ? whole.getSpecialCellsOrNullObject("Formulas", "Errors")
        : whole.getSpecialCellsOrNullObject("Formulas");
    return areas.load(propertiesOf(kind).map((name) => `areas/items/${name}`));
  });
  await context.sync();
  return all.map((areas) => (areas.isNullObject ? [] : areas.areas.items));
}

async function usedRange(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  kind: Kind,
): Promise<Excel.Range[]> {
  const used = sheet.getUsedRangeOrNullObject();
  used.load(propertiesOf(kind));
  await context.sync();
  return used.isNullObject ? [] : [used];
}

function kalCellsOf(
  range: Excel.Range,
  sheet: string,
  countCalls: CountCalls,
  kind: Kind = "Formulas",
  minCalls = 1,
): FoundCell[] {
  const { formulas, rowIndex, columnIndex } = range;
  const values = kind === "Errors" ? range.values : undefined;
  const types = kind === "Errors" ? range.valueTypes : undefined;
  return (formulas as unknown[][]).flatMap((row, down) =>
    row.flatMap((formula, right) => {
      const isFormula = typeof formula === "string" && formula.startsWith("=");
      if (!isFormula || countCalls(formula, sheet) < minCalls) return [];
      if (types && types[down]?.[right] !== Excel.RangeValueType.error) return [];
      const error: unknown = values?.[down]?.[right];
      return [{ row: rowIndex + down, column: columnIndex + right, formula, error }];
    }),
  );
}
