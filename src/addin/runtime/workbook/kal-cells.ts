/**
 * Cells whose formula calls one of our functions, by itself or through a name: found, and made to calculate again.
 *
 * One sheet that Excel does not let read or calculate never stops the others: it is passed over, and named.
 * @module
 */
import type { OpenCalls } from "../requests/open-calls.ts";
import { byPlace, addressOf, blocksOf, type CellPlace, placesOf } from "./cell-blocks.ts";
import { type CountCalls, readNames } from "./workbook-names.ts";

/** How far an action reaches. */
export type Scope = "selection" | "sheet" | "workbook";

/** A cell and the formula that was read there. */
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
  /** Names of sheets that Excel did not let read. */
  readonly unread: readonly string[];
}

/** Cells that show an error, and which. */
export interface FailedCells extends FoundCells {
  readonly found: readonly { readonly sheet: string; readonly cells: readonly FoundCell[] }[];
}

/** Someone may be typing in a cell: Excel would refuse every call until they have finished. */
export const runOptions = { delayForCellEdit: true } as const;

/**
 * The cells of a scope that call our functions.
 * @param only those that call one function, `STATUS`
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

/** How many cells of a scope call our functions, on the sheets that Excel lets read. */
export function countKalCells(scope: Scope): Promise<number> {
  return Excel.run(runOptions, async (context) => {
    const { found } = await findKalCells(context, scope);
    return found.reduce((count, { cells }) => count + cells.length, 0);
  });
}

/** Those selected, and the one whose spilled table the active cell lies in: people select what they see. */
async function findSelected(context: Excel.RequestContext, countCalls: CountCalls): Promise<SheetCells[]> {
  const ranges = context.workbook.getSelectedRanges();
  const sheet = ranges.worksheet;
  // Asked of the used cells only: whole columns may be selected.
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
 * The cells of all sheets that call our functions and show an error. One that is #BUSY! waits as long as a call of
 * ours is open for it; without one it has been left so (office-js 6662). #N/A is an answer: no record matches.
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

/** @returns whether a cell is among those with these addresses */
export function cellsAt(addresses: Iterable<string>): (sheet: string, cell: CellPlace) => boolean {
  const isThere = byPlace(Array.from(addresses, (address) => [address, true] as const));
  return (sheet, cell) => isThere(sheet, cell) ?? false;
}

/**
 * Of the cells with these addresses, those that still call our functions; a sheet may have gone since.
 * @param minCalls how often at least
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

/** All formulas, or those that show an error. */
type Kind = "Formulas" | "Errors";

interface FoundCell extends FormulaCell {
  /** The error that it shows, where that was asked for. */
  readonly error: unknown;
}

const placeProperties = ["formulas", "rowIndex", "columnIndex"];
/** Values only where they are needed: a sheet may have 100,000 formulas. */
const propertiesOf = (kind: Kind): string[] =>
  kind === "Errors" ? [...placeProperties, "values", "valueTypes"] : placeProperties;

/**
 * Asks for all sheets at once; where Excel refuses, for one after the other.
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
      // Excel's special cells may be refused on a protected sheet, whose used range can be read all the same.
      (await usedRange(context, sheet, kind).catch(noted));
    if (!ranges) unread.push(sheet.name);
    const cells = ranges?.flatMap((range) => kalCellsOf(range, sheet.name, countCalls, kind)) ?? [];
    if (cells.length > 0) found.push({ sheet: sheet.name, cells });
  }
  if (unread.length > 0 && unread.length === sheets.length) throw refusal;
  return { found, unread };
}

/** The ranges of each sheet that hold formulas, or formulas that show errors. */
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
