/**
 * The one way by which the pane writes formulas: into the cell that it has named, never over or into anything else, and
 * taken back as long as nobody has changed it.
 * @module
 */
import { splitAddress } from "../../../excel/address.ts";
import { runOptions } from "../../runtime/workbook/kal-cells.ts";
import { freeSheetName } from "../../runtime/workbook/sheet-name.ts";
import { fitColumns } from "./fit-columns.ts";
import { blockedAt, type CellFormula, readSelection, type Selection, type Size } from "./selection.ts";

/** A formula that the pane has written. */
export interface Written {
  readonly sheetId: string;
  /** `Sheet1!B3` */
  readonly address: string;
  /** As Excel has it. */
  readonly formula: string;
  /** What was in the cell; undefined where the formula has got a sheet of its own. */
  readonly before: string | undefined;
}

export type Insertion =
  | { readonly result: "inserted"; readonly written: Written }
  /** Nothing was written: another cell is selected than the one that was named. */
  | { readonly result: "moved"; readonly selection: Selection };

export type Update =
  | { readonly result: "updated"; readonly written: Written }
  | { readonly result: "changed" | "sheetGone" }
  | { readonly result: "blocked"; readonly reason: string };

export interface InsertOptions {
  readonly size: Size;
  /** The selection that the person was told of; whichever there is where left out. */
  readonly expected?: Selection | undefined;
  /** Of a new sheet. */
  readonly sheetName: string;
}

/**
 * Writes a new formula into the selected cell, or onto a sheet of its own where something is in the way.
 * @param formula in English, with commas: `Range.formulas` is the same in every language of Excel
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet
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
 * Writes the formula where the cell still holds what was read: a row may have been put in above it since, or somebody
 * else may have changed it.
 * @param size of its result; undefined where it is not known
 * @throws OfficeExtension.Error when Excel refuses, as on a protected sheet
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

/** Excel may write a formula a little differently than it was given, so it is read again. */
async function write(cell: Excel.Range, formula: string, before: string | undefined): Promise<Written> {
  cell.formulas = [[formula]];
  const after = cell.getResizedRange(0, 0).load("formulas,address");
  const sheet = cell.worksheet.load("id");
  await cell.context.sync();
  return { sheetId: sheet.id, address: after.address, formula: String(after.formulas[0]?.[0]), before };
}

/**
 * Takes a written formula back, with the sheet that was made for it.
 * @returns false where somebody has changed the cell since, or put something else on the sheet: nothing is done then
 * @throws OfficeExtension.Error when Excel refuses
 */
export function takeBack({ sheetId, address, formula, before }: Written): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(sheetId);
    await context.sync();
    if (sheet.isNullObject) return false;
    const cell = sheet.getRange(splitAddress(address).cells).load("formulas,address");
    const spill = cell.getSpillingToRangeOrNullObject().load("address");
    const used = sheet.getUsedRangeOrNullObject(true).load("address");
    await context.sync();
    if (cell.formulas[0]?.[0] !== formula) return false;
    if (before !== undefined) cell.formulas = [[before]];
    else if (used.address === (spill.isNullObject ? cell : spill).address) sheet.delete();
    else return false;
    await context.sync();
    return true;
  });
}

/** Excel shows an answer up to 2.5 s after it was handed over; looked at so often, in ms. */
const lookEveryMs = 300;
const maxLooks = 20;

/** Makes the columns of a new formula as wide as what they show, where nothing else is in them. */
export async function fitWritten({ sheetId, address }: Written, { rows, columns }: Size): Promise<void> {
  for (let looks = 0; looks < maxLooks; looks++) {
    const isFitted = await Excel.run(runOptions, async (context) => {
      const cell = context.workbook.worksheets.getItem(sheetId).getRange(splitAddress(address).cells);
      const spill = cell.getSpillingToRangeOrNullObject().load("rowCount,columnCount");
      await context.sync();
      if (spill.isNullObject || spill.rowCount !== rows || spill.columnCount !== columns) return false;
      await fitColumns(spill);
      return true;
    });
    if (isFitted) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** A new sheet, in front. */
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
