/**
 * Copies the active sheet with values instead of formulas.
 * @module
 */
import type { OpenCalls } from "../requests/open-calls.ts";
import { asTyped } from "./as-typed.ts";
import { placesOf } from "./cell-blocks.ts";
import { runOptions } from "./run-options.ts";
import { freeSheetName } from "./sheet-name.ts";
import { shownFormat } from "./shown-format.ts";

/** The copy's name, or why there is no copy. */
export type Snapshot = { readonly sheet: string } | { readonly problem: "empty" | "waiting" };

/** Maximum cells per request; Excel on the web accepts 5 MB. */
const maxCells = 20_000;

/**
 * Copies the active sheet and places the copy behind it, after Excel has shown all answers given to it. The copy keeps
 * its formats; its name contains the date and time.
 * @param now milliseconds since the epoch
 * @throws OfficeExtension.Error when Excel refuses, for example if the workbook's structure is protected.
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
      // The copy's formulas call our functions only if they still exist at the end of a request.
      if (parts.length > 1) await context.sync();
    }
    copy.activate();
    await context.sync();
    return { sheet: name };
  });
}

/** An error is written as its text; everything else keeps its type. */
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

/** ` 2026-12-01 08.15` by this computer's clock: Excel allows no colon in a sheet's name. */
function stampOf(now: number): string {
  const local = new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString();
  return ` ${local.slice(0, 10)} ${local.slice(11, 16).replace(":", ".")}`;
}
