/**
 * The only place where the pane writes formulas. It writes into the cell that the pane has named, never over other
 * content, and can undo the writing if nobody has changed the cell since.
 * @module
 */
import { splitAddress } from "../../../excel/address.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import { freeSheetName } from "../../runtime/workbook/sheet-name.ts";
import { blockedAt, type CellFormula, readSelection, type Selection, type Size } from "./selection.ts";

/** A formula written by the pane. */
export interface Written {
  readonly sheetId: string;
  /** `Sheet1!B3` */
  readonly address: string;
  /** As Excel returns it. */
  readonly formula: string;
  /** The previous content of the cell; undefined if the formula is on a new sheet. */
  readonly before: string | undefined;
  /** The number formats of the columns that got others with it. */
  formatsBefore?: readonly (string | undefined)[];
}

export type Insertion =
  | { readonly result: "inserted"; readonly written: Written }
  /** Nothing was written: the selected cell is not the one that the pane named. */
  | { readonly result: "moved"; readonly selection: Selection };

export type Update =
  | { readonly result: "updated"; readonly written: Written }
  | { readonly result: "changed" | "sheetGone" }
  | { readonly result: "blocked"; readonly reason: string };

export interface InsertOptions {
  readonly size: Size;
  /** The selection shown to the person; default: any. */
  readonly expected?: Selection | undefined;
  /** Name for a new sheet. */
  readonly sheetName: string;
}

/**
 * Writes a new formula into the selected cell, or onto a new sheet if something is in the way.
 * @param formula English, with commas: `Range.formulas` is the same in every language of Excel
 * @throws OfficeExtension.Error when Excel refuses, for example on a protected sheet
 */
export async function insertFormula(
  formula: string,
  { size, expected, sheetName }: InsertOptions,
): Promise<Insertion> {
  const selection = await readSelection(size);
  const isMoved =
    expected &&
    (expected.sheetId !== selection.sheetId ||
      expected.address !== selection.address ||
      (expected.blocked === undefined) !== (selection.blocked === undefined));
  if (isMoved) return { result: "moved", selection };
  return Excel.run(runOptions, async (context) => {
    const isNew = selection.blocked !== undefined;
    const sheet = isNew
      ? await addSheet(context, sheetName)
      : context.workbook.worksheets.getItem(selection.sheetId);
    const cell = sheet.getRange(isNew ? "A1" : splitAddress(selection.address).cells);
    const written = await write(cell, formula, isNew ? undefined : "");
    return { result: "inserted", written };
  });
}

/**
 * Writes the formula if the cell still has the formula that was read: meanwhile a row may have been inserted above it,
 * or somebody else may have changed it.
 * @param size of its result; undefined if unknown
 * @throws OfficeExtension.Error when Excel refuses, for example on a protected sheet
 */
export function updateFormula(cell: CellFormula, formula: string, size?: Size): Promise<Update> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(cell.sheetId);
    sheet.load("id");
    await context.sync();
    if (sheet.isNullObject) return { result: "sheetGone" };
    const range = sheet.getRange(splitAddress(cell.address).cells);
    const spill = range.getSpillingToRangeOrNullObject().load("rowCount,columnCount");
    range.load("formulas,rowIndex,columnIndex");
    await context.sync();
    if (range.formulas[0]?.[0] !== cell.formula) return { result: "changed" };
    const own = spill.isNullObject
      ? { rows: 1, columns: 1 }
      : { rows: spill.rowCount, columns: spill.columnCount };
    const reason = size && (await blockedAt(range, size, own));
    if (reason !== undefined) return { result: "blocked", reason };
    return { result: "updated", written: await write(range, formula, cell.formula) };
  });
}

/** Whether the cell still has the formula that was read. @throws OfficeExtension.Error when Excel refuses */
export function isStillThere({ sheetId, address, formula }: CellFormula): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(sheetId);
    await context.sync();
    if (sheet.isNullObject) return false;
    const cell = sheet.getRange(splitAddress(address).cells).load("formulas");
    await context.sync();
    return cell.formulas[0]?.[0] === formula;
  });
}

/** Excel may normalise a formula, so it is read back. */
async function write(cell: Excel.Range, formula: string, before: string | undefined): Promise<Written> {
  cell.formulas = [[formula]];
  const after = cell.getResizedRange(0, 0).load("formulas,address");
  const sheet = cell.worksheet.load("id");
  await cell.context.sync();
  return { sheetId: sheet.id, address: after.address, formula: String(after.formulas[0]?.[0]), before };
}

/**
 * Undoes a written formula, including the sheet created for it.
 * @returns false if somebody has changed the cell or put something else on the sheet; then nothing is done
 * @throws OfficeExtension.Error when Excel refuses
 */
export function takeBack({ sheetId, address, formula, before, formatsBefore }: Written): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(sheetId);
    await context.sync();
    if (sheet.isNullObject) return false;
    const cell = sheet.getRange(splitAddress(address).cells).load("formulas,address");
    const spill = cell.getSpillingToRangeOrNullObject().load("address");
    const used = sheet.getUsedRangeOrNullObject(true).load("address");
    await context.sync();
    if (cell.formulas[0]?.[0] !== formula) return false;
    if (before === "" && formatsBefore && !spill.isNullObject) restoreLooks(spill, formatsBefore);
    if (before !== undefined) cell.formulas = [[before]];
    else if (used.address === (spill.isNullObject ? cell : spill).address) sheet.delete();
    else return false;
    await context.sync();
    return true;
  });
}

function restoreLooks(spill: Excel.Range, formats: readonly (string | undefined)[]): void {
  for (const [at, format] of formats.entries()) {
    // One value stands for all cells; the types do not know.
    if (format !== undefined) spill.getColumn(at).numberFormat = format as unknown as string[][];
  }
  spill.getRow(0).format.horizontalAlignment = "General";
}

/** Adds a sheet and activates it. */
export async function addSheet(context: Excel.RequestContext, name: string): Promise<Excel.Worksheet> {
  const { worksheets } = context.workbook;
  worksheets.load("items/name");
  await context.sync();
  const sheet = worksheets.add(
    freeSheetName(
      name,
      worksheets.items.map((item) => item.name),
    ),
  );
  sheet.activate();
  return sheet;
}
