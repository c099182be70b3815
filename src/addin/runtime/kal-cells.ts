/**
 * Cells whose formula calls one of our functions: found, and made to calculate again.
 * @module
 */
import { addressOf, blocksOf, type CellPlace, placesOf } from "./cell-blocks.ts";

/** How far an action reaches. */
export type Scope = "selection" | "sheet" | "workbook";

/** Cells of one sheet. */
export interface SheetCells {
  readonly sheet: string;
  readonly cells: readonly CellPlace[];
}

/** `formulas` are English whatever the language of Excel, and so is the namespace. */
const callsKal = /(?:^|[^\w.])KAL\.[A-Z]+\s*\(/i;

/** Someone may be typing in a cell: Excel would refuse every call until they have finished. */
export const patient = { delayForCellEdit: true } as const;

/** The cells of a scope that call our functions. */
export async function findKalCells(context: Excel.RequestContext, scope: Scope): Promise<SheetCells[]> {
  if (scope === "selection") return findIn(context, [selected(context)]);
  const sheets = await sheetsOf(context, scope);
  return findIn(
    context,
    sheets.map((sheet) => ({ sheet, areas: sheet.getRange().getSpecialCellsOrNullObject("Formulas") })),
  );
}

/** The cells of all sheets that call our functions and show an error. */
export async function findFailedKalCells(context: Excel.RequestContext): Promise<SheetCells[]> {
  const sheets = await sheetsOf(context, "workbook");
  return findIn(
    context,
    sheets.map((sheet) => ({
      sheet,
      areas: sheet.getRange().getSpecialCellsOrNullObject("Formulas", "Errors"),
    })),
  );
}

/** Cells that are known by their address; a sheet that has gone since is left out. */
export async function findByAddress(
  context: Excel.RequestContext,
  addresses: Iterable<string>,
): Promise<SheetCells[]> {
  const places = placesOf(addresses);
  if (places.size === 0) return [];
  const there = new Set((await sheetsOf(context, "workbook")).map(({ name }) => name));
  return Array.from(places, ([sheet, cells]) => ({ sheet, cells })).filter(({ sheet }) => there.has(sheet));
}

/**
 * Makes exactly these cells calculate again, and no others: calculating a whole sheet or workbook would call every
 * function in it, those of other add-ins too.
 */
export async function recalculate(
  context: Excel.RequestContext,
  found: readonly SheetCells[],
): Promise<void> {
  for (const { sheet, cells } of found) {
    const worksheet = context.workbook.worksheets.getItem(sheet);
    for (const block of blocksOf(cells)) worksheet.getRange(addressOf(block)).setDirty();
  }
  await context.sync();
}

interface Source {
  readonly sheet: Excel.Worksheet;
  readonly areas: Excel.RangeAreas;
}

/** Asked of the used cells only: whole columns may be selected. */
function selected(context: Excel.RequestContext): Source {
  const ranges = context.workbook.getSelectedRanges();
  return { sheet: ranges.worksheet, areas: ranges.getUsedRangeAreasOrNullObject(true) };
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

async function findIn(context: Excel.RequestContext, sources: readonly Source[]): Promise<SheetCells[]> {
  for (const { sheet, areas } of sources) {
    sheet.load("name");
    areas.load("areas/items/formulas,areas/items/rowIndex,areas/items/columnIndex");
  }
  await context.sync();
  return sources
    .filter(({ areas }) => !areas.isNullObject)
    .map(({ sheet, areas }) => ({ sheet: sheet.name, cells: areas.areas.items.flatMap(kalCellsOf) }))
    .filter(({ cells }) => cells.length > 0);
}

function kalCellsOf({ formulas, rowIndex, columnIndex }: Excel.Range): CellPlace[] {
  const cells: CellPlace[] = [];
  formulas.forEach((row: unknown[], down) =>
    row.forEach((formula, right) => {
      if (typeof formula === "string" && callsKal.test(formula)) {
        cells.push({ row: rowIndex + down, column: columnIndex + right });
      }
    }),
  );
  return cells;
}
