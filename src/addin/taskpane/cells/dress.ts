/**
 * Formats the cells of a new formula once Excel shows them: decimals of money, dates that come as plain numbers,
 * alignment of headings, column widths.
 * @module
 */
import { runtime } from "../../addin.ts";
import { splitAddress } from "../../../excel/address.ts";
import { type ColumnLook, looksOf, moneyFormats } from "../../runtime/workbook/column-look.ts";
import { fitColumns } from "../../runtime/workbook/fit-columns.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import type { Filled } from "./answer.ts";
import type { Written } from "./write-formula.ts";

/** Excel shows an answer up to 2.5 s after it got it; how often to look, in ms. */
const lookEveryMs = 300;
const maxLooks = 20;

/** Formats that a person has probably not chosen. */
const free: ReadonlySet<unknown> = new Set(["General", ...moneyFormats]);

/**
 * @param headings the number of heading rows
 * @throws OfficeExtension.Error when Excel refuses
 */
export async function dressWritten(written: Written, answer: Filled, headings: 0 | 1): Promise<void> {
  const rows = answer.cells.length;
  const looks = looksFor(answer);
  for (let tries = 0; tries < maxLooks; tries++) {
    const isDone = await Excel.run(runOptions, async (context) => {
      const cell = cellOf(context, written);
      const spill = cell.getSpillingToRangeOrNullObject().load("rowCount,columnCount");
      await context.sync();
      if (spill.isNullObject || spill.rowCount !== rows || spill.columnCount !== looks.length) return false;
      written.formatsBefore = await dress(spill, looks, headings);
      await fitColumns(spill);
      return true;
    });
    if (isDone) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** A date that comes with a format gets none in its cell: it would hide a later choice in the settings. */
function looksFor({ collection, table, cells }: Filled): ColumnLook[] {
  return looksOf(collection, table, runtime.valueSettings.rangeForm()).map((look, at) => {
    const isFormatted = cells.some((row) => typeof row[at] === "object" && "numberFormat" in row[at]);
    return isFormatted ? { ...look, numberFormat: undefined } : look;
  });
}

/** @returns the previous number format of each column that got another */
async function dress(
  spill: Excel.Range,
  looks: readonly ColumnLook[],
  headings: 0 | 1,
): Promise<(string | undefined)[]> {
  const { context } = spill;
  if (spill.rowCount === headings) return [];
  const columns = looks.map(({ numberFormat = "General", align }, at) => {
    const column = spill.getColumn(at);
    const body = column.getOffsetRange(headings, 0).getResizedRange(-headings, 0);
    return { column, body, numberFormat, align, first: body.getCell(0, 0).load("numberFormat") };
  });
  await context.sync();
  const replaced = columns.map(({ column, body, numberFormat, align, first }) => {
    if (headings === 1) column.getCell(0, 0).format.horizontalAlignment = align;
    const before = String(first.numberFormat[0]?.[0]);
    if (before === numberFormat || !free.has(before)) return undefined;
    // One value stands for all cells; the types do not know.
    body.numberFormat = numberFormat as unknown as string[][];
    return before;
  });
  await context.sync();
  return replaced;
}

function cellOf(context: Excel.RequestContext, { sheetId, address }: Written): Excel.Range {
  return context.workbook.worksheets.getItem(sheetId).getRange(splitAddress(address).cells);
}
