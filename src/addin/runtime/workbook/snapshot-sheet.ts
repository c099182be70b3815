/**
 * A copy of the active sheet with values in place of its formulas.
 * @module
 */
import type { OpenCalls } from "../requests/open-calls.ts";
import { asTyped } from "./as-typed.ts";
import { placesOf } from "./cell-blocks.ts";
import { runOptions } from "./kal-cells.ts";
import { freeSheetName } from "./sheet-name.ts";
import { shownFormat } from "./shown-format.ts";

/** The copy's name, or why there is none. */
export type Snapshot = { readonly sheet: string } | { readonly problem: "empty" | "waiting" };

/** Cells that one request carries; Excel on the web takes 5 MB. */
const maxCells = 20_000;

/**
 * Copies the active sheet behind itself, once Excel has shown the answers that are on their way to it. The copy keeps
 * its look; its name has the date and time.
 * @param now milliseconds since the epoch
 * @throws OfficeExtension.Error when Excel refuses, as where the workbook's structure is protected.
 */
export async function snapshotSheet(openCalls: OpenCalls, now: number): Promise<Snapshot> {
  await openCalls.answersShown();
  return Excel.run(runOptions, async (context) => {
    const { worksheets } = context.workbook;
    const sheet = worksheets.getActiveWorksheet();
    const used = sheet.getUsedRangeOrNullObject();
    sheet.load("name");
    worksheets.load("items/name");
    used.load("rowIndex,columnIndex,rowCount,columnCount");
    await context.sync();
    if (used.isNullObject) return { problem: "empty" };
    if (openCalls.areElsewhere() || placesOf(openCalls.addresses()).has(sheet.name)) {
      return { problem: "waiting" };
    }
    const { rowIndex, columnIndex, rowCount, columnCount } = used;
    const height = Math.max(1, Math.floor(maxCells / columnCount));
    const parts: { readonly row: number; readonly range: Excel.Range }[] = [];
    for (let from = 0; from < rowCount; from += height) {
      const row = rowIndex + from;
      const rows = Math.min(height, rowCount - from);
      const range = sheet.getRangeByIndexes(row, columnIndex, rows, columnCount);
      parts.push({ row, range: range.load("values,valueTypes,numberFormat,text") });
      await context.sync();
    }
    const taken = worksheets.items.map((item) => item.name);
    const name = freeSheetName(sheet.name, taken, stampOf(now));
    const copy = sheet.copy("After", sheet);
    copy.name = name;
    for (const { row, range } of parts) {
      const target = copy.getRangeByIndexes(row, columnIndex, range.values.length, columnCount);
      target.values = contentsOf(range);
      target.numberFormat = formatsOf(range);
      // The copy's formulas call our functions only if they are there at the end of a request.
      if (parts.length > 1) await context.sync();
    }
    copy.activate();
    await context.sync();
    return { sheet: name };
  });
}

/** An error is typed as it is shown; everything else stays what it is. */
function contentsOf({ values, valueTypes }: Excel.Range): unknown[][] {
  return (values as unknown[][]).map((line, down) =>
    line.map((value, right) =>
      valueTypes[down]?.[right] === Excel.RangeValueType.error ? value : asTyped(value),
    ),
  );
}

function formatsOf({ values, numberFormat, text }: Excel.Range): string[][] {
  return (values as unknown[][]).map((line, down) =>
    line.map((value, right) => {
      const format = String(numberFormat[down]?.[right] ?? "General");
      return shownFormat(value, format, text[down]?.[right] ?? "") ?? format;
    }),
  );
}

/** ` 2026-12-01 08.15` by this computer's clock: Excel allows no colon in the name of a sheet. */
function stampOf(now: number): string {
  const local = new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString();
  return ` ${local.slice(0, 10)} ${local.slice(11, 16).replace(":", ".")}`;
}
