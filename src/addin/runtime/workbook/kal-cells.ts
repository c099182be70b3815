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

/**
 * A call of one of our functions. `formulas` are English whatever the language of Excel, and so is the namespace; a
 * workbook from another computer may have Excel's own prefix: `_xldudf_KAL_QUERY`.
 */
const kalCall = /(?<![\w.])(?:_xldudf_)?KAL[._][A-Z]+\s*\(/gi;

/** Someone may be typing in a cell: Excel would refuse every call until they have finished. */
export const patient = { delayForCellEdit: true } as const;

/** The cells of a scope that call our functions. */
export async function findKalCells(context: Excel.RequestContext, scope: Scope): Promise<SheetCells[]> {
  if (scope === "selection") return findSelected(context);
  const sheets = await sheetsOf(context, scope);
  return findIn(
    context,
    sheets.map((sheet) => ({ sheet, areas: sheet.getRange().getSpecialCellsOrNullObject("Formulas") })),
  );
}

/** Those selected, and the one whose spilled table the active cell lies in: people select what they see. */
async function findSelected(context: Excel.RequestContext): Promise<SheetCells[]> {
  const source = selected(context);
  const parent = context.workbook.getActiveCell().getSpillParentOrNullObject();
  parent.load("formulas,rowIndex,columnIndex");
  const [found] = await findIn(context, [source]);
  const cells = found?.cells ?? [];
  const parents = parent.isNullObject ? [] : kalCellsOf(parent);
  const others = parents.filter(
    (one) => !cells.some(({ row, column }) => row === one.row && column === one.column),
  );
  return [{ sheet: source.sheet.name, cells: [...cells, ...others] }];
}

/** The cells of all sheets that call our functions and show an error; one that waits (#BUSY!) has not failed. */
export async function findFailedKalCells(context: Excel.RequestContext): Promise<SheetCells[]> {
  const sheets = await sheetsOf(context, "workbook");
  const sources = sheets.map((sheet) => ({
    sheet,
    areas: sheet.getRange().getSpecialCellsOrNullObject("Formulas", "Errors"),
  }));
  return findIn(context, sources, "#BUSY!");
}

/**
 * Of the cells with these addresses, those that still call our functions; a sheet may have gone since.
 * @param leastCalls how often at least
 */
export async function findByAddress(
  context: Excel.RequestContext,
  addresses: Iterable<string>,
  leastCalls: number,
): Promise<SheetCells[]> {
  const places = placesOf(addresses);
  if (places.size === 0) return [];
  const there = new Set((await sheetsOf(context, "workbook")).map(({ name }) => name));
  const ranges = [...places]
    .filter(([sheet]) => there.has(sheet))
    .flatMap(([sheet, cells]) => {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      return blocksOf(cells).map((block) => ({ sheet, range: worksheet.getRange(addressOf(block)) }));
    });
  for (const { range } of ranges) range.load("formulas,rowIndex,columnIndex");
  await context.sync();
  return ranges.map(({ sheet, range }) => ({ sheet, cells: kalCellsOf(range, undefined, leastCalls) }));
}

/**
 * Makes exactly these cells calculate again, each once, and no others: calculating a whole sheet or workbook would
 * call every function in it, those of other add-ins too.
 * @returns how many they are
 */
export async function recalculate(
  context: Excel.RequestContext,
  found: readonly SheetCells[],
): Promise<number> {
  const sheets = new Set(found.map(({ sheet }) => sheet));
  let count = 0;
  for (const sheet of sheets) {
    const worksheet = context.workbook.worksheets.getItem(sheet);
    const cells = found.filter((one) => one.sheet === sheet).flatMap((one) => one.cells);
    for (const block of blocksOf(cells)) {
      worksheet.getRange(addressOf(block)).setDirty();
      count += (block.bottom - block.top + 1) * (block.right - block.left + 1);
    }
  }
  await context.sync();
  return count;
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

/** @param except cells that show this are left out */
async function findIn(
  context: Excel.RequestContext,
  sources: readonly Source[],
  except?: string,
): Promise<SheetCells[]> {
  const values = except === undefined ? [] : ["values"];
  for (const { sheet, areas } of sources) {
    sheet.load("name");
    areas.load(["formulas", "rowIndex", "columnIndex", ...values].map((name) => `areas/items/${name}`));
  }
  await context.sync();
  return sources
    .filter(({ areas }) => !areas.isNullObject)
    .map(({ sheet, areas }) => ({
      sheet: sheet.name,
      cells: areas.areas.items.flatMap((range) => kalCellsOf(range, except)),
    }))
    .filter(({ cells }) => cells.length > 0);
}

function kalCellsOf(range: Excel.Range, except?: string, leastCalls = 1): CellPlace[] {
  const { formulas, rowIndex, columnIndex } = range;
  const cells: CellPlace[] = [];
  formulas.forEach((row: unknown[], down) =>
    row.forEach((formula, right) => {
      if (typeof formula !== "string" || (formula.match(kalCall)?.length ?? 0) < leastCalls) return;
      if (except !== undefined && range.values[down]?.[right] === except) return;
      cells.push({ row: rowIndex + down, column: columnIndex + right });
    }),
  );
  return cells;
}
