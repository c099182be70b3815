/**
 * Replaces formulas by their values, for colleagues without a connection or without the add-in.
 * @module
 */
import { asTyped } from "./as-typed.ts";
import { byPlace, type CellPlace } from "./cell-blocks.ts";
import type { OpenCalls } from "../requests/open-calls.ts";
import { isShown, type SentAnswers, type SentValue } from "../requests/sent-answers.ts";
import { isOneCall } from "./kal-calls.ts";
import { cellsAt, findKalCells, type FormulaCell, type Scope } from "./kal-cells.ts";
import { runOptions } from "./run-options.ts";
import { shownFormat } from "./shown-format.ts";

export interface Conversion {
  readonly converted: number;
  /** Formulas not converted because they show an error: the formula is needed to correct it. */
  readonly left: number;
  /** Formulas not converted because they may show an old value: a call is open, or Excel has lost its answer. */
  readonly waiting: number;
  /** Formulas not converted because a column is too narrow to tell dates from numbers. */
  readonly narrow: number;
  /** Formulas not converted because somebody changed or moved them meanwhile. */
  readonly changed: number;
  /** Names of sheets that Excel refused to read. */
  readonly unread: readonly string[];
}

/** A formula and the values that it shows, read before anything is written. */
interface Shown extends FormulaCell {
  /** Excel moves it with its cell when rows are inserted (ref: Office.TrackedObjects). */
  readonly cell: Excel.Range;
  readonly sheetName: string;
  readonly values: readonly unknown[][];
  readonly numberFormats: readonly string[][];
}

/** Why a formula is not converted. */
type Left = "error" | "narrow" | "changed";

/** Maximum cells per request; Excel on the web accepts 5 MB. */
const maxCells = 20_000;

/** Maximum formulas that one request reads or writes. */
const maxFormulas = 500;

/** The open calls of cells, and the last answer sent to each cell. */
export interface CallRecords {
  readonly openCalls: OpenCalls;
  readonly sentAnswers: SentAnswers;
}

/**
 * Converts the KAL formulas of a scope after Excel has shown all answers given to it. Excel's undo reverts this.
 * @throws OfficeExtension.Error when Excel refuses, for example on a protected sheet.
 */
export async function convertToValues(
  scope: Scope,
  { openCalls, sentAnswers }: CallRecords,
): Promise<Conversion> {
  await openCalls.answersShown();
  return Excel.run(runOptions, async (context) => {
    // Read everything before writing: formulas that depend on a converted one would be #BUSY! by then.
    const read: (Shown | Left)[] = [];
    let waiting = 0;
    const { found, unread } = await findKalCells(context, scope);
    const waits = unshownCells(openCalls);
    for (const { sheet, cells: all } of found) {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      const cells = all.filter((cell) => !waits(sheet, cell));
      waiting += all.length - cells.length;
      for (let from = 0; from < cells.length; from += maxFormulas) {
        read.push(...(await readCells(context, worksheet, sheet, cells.slice(from, from + maxFormulas))));
      }
    }
    const all = read.filter((item) => typeof item === "object");
    const count = (reason: Left) => read.filter((item) => item === reason).length;
    // Somebody may have refreshed during the reading.
    const waitsNow = unshownCells(openCalls);
    const answerFor = byPlace(sentAnswers.byAddress());
    const shown = all.filter(
      (shown) =>
        !waitsNow(shown.sheetName, shown) && !hasLostAnswer(shown, answerFor(shown.sheetName, shown)),
    );
    waiting += all.length - shown.length;
    const converted = await writeAll(context, shown);
    const changed = count("changed") + shown.length - converted;
    return { converted, left: count("error"), narrow: count("narrow"), changed, waiting, unread };
  });
}

/** @returns a function that tells whether a cell may still show an old value now */
function unshownCells(openCalls: OpenCalls): (sheet: string, cell: CellPlace) => boolean {
  const unshown = openCalls.unshownAddresses();
  if (unshown.includes(undefined)) return () => true;
  return cellsAt(unshown.filter((address) => address !== undefined));
}

/** Whether a cell shows a different value from the last one sent to it. */
function hasLostAnswer({ formula, values }: Shown, answer: SentValue | undefined): boolean {
  return answer !== undefined && isOneCall(formula) && !isShown(answer, values[0]?.[0]);
}

/** The values of these formulas, or why one is not converted. */
async function readCells(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  sheetName: string,
  cells: readonly FormulaCell[],
): Promise<(Shown | Left)[]> {
  const formulas = cells.map((place) => {
    const own = sheet.getCell(place.row, place.column).load("formulas,values,valueTypes,numberFormat,text");
    const spill = own.getSpillingToRangeOrNullObject().load("rowCount,columnCount");
    return { ...place, own, spill };
  });
  await context.sync();
  const read: (Shown | Left)[] = [];
  for (const { own, spill, ...place } of formulas) {
    if (!holds(own, place)) {
      read.push("changed");
      continue;
    }
    const isError = (range: Excel.Range) => range.valueTypes[0]?.[0] === Excel.RangeValueType.error;
    if (!isError(own) && !spill.isNullObject) {
      spill.load("values,valueTypes,numberFormat,text");
      await context.sync();
    }
    const all = spill.isNullObject ? own : spill;
    // It may have been recalculated since the first reading.
    if (isError(own) || isError(all)) {
      read.push("error");
      continue;
    }
    const numberFormats = formatsOf(all);
    const values = all.values as unknown[][];
    read.push(numberFormats ? { ...place, cell: own, sheetName, values, numberFormats } : "narrow");
  }
  return read;
}

/** Undefined if one of the formats cannot be determined. */
function formatsOf({ values, numberFormat, text }: Excel.Range): string[][] | undefined {
  const formats = (values as unknown[][]).map((line, row) =>
    line.map((value, column) => shownFormat(value, numberFormat[row]?.[column], text[row]?.[column])),
  );
  return formats.every((line) => line.every((format) => format !== undefined)) ? formats : undefined;
}

/** Whether the cell still has this formula: somebody may have inserted rows or typed over it. */
function holds(cell: Excel.Range, { formula }: FormulaCell): boolean {
  return cell.formulas[0]?.[0] === formula;
}

/**
 * Writes the values. The request that writes also reads the cell's content just before. If that is no longer the
 * formula, somebody has typed over it, and their content is restored.
 * @returns the number of formulas converted
 */
async function writeAll(context: Excel.RequestContext, shown: readonly Shown[]): Promise<number> {
  let converted = 0;
  for (const part of partsOf(shown)) {
    const written = [];
    for (const cells of part) written.push({ cells, ranges: await writeOne(cells) });
    await context.sync();
    const changed = written.filter(
      ({ cells, ranges: [first] }) => first?.before.formulas[0]?.[0] !== cells.formula,
    );
    for (const { ranges } of changed) ranges.forEach(putBack);
    if (changed.length > 0) await context.sync();
    converted += part.length - changed.length;
  }
  return converted;
}

/** Splits the formulas into parts for one request each, with at least one formula. */
function* partsOf(shown: readonly Shown[]): Generator<Shown[]> {
  let part: Shown[] = [];
  let size = 0;
  for (const cells of shown) {
    const own = cells.values.length * (cells.values[0]?.length ?? 1);
    if (part.length > 0 && (size + own > maxCells || part.length === maxFormulas)) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(cells);
    size += own;
  }
  if (part.length > 0) yield part;
}

/** Written cells with their previous contents. */
interface Written {
  readonly range: Excel.Range;
  readonly before: Excel.Range;
}

/** The first write into a spilled table removes its formula, and with it all its spilled values. */
async function writeOne({ cell, values, numberFormats }: Shown): Promise<Written[]> {
  const width = values[0]?.length ?? 1;
  const height = Math.max(1, Math.floor(maxCells / width));
  const written: Written[] = [];
  for (let from = 0; from < values.length; from += height) {
    if (from > 0) await cell.context.sync();
    const part = values.slice(from, from + height);
    const area = () => cell.getOffsetRange(from, 0).getResizedRange(part.length - 1, width - 1);
    const range = area();
    written.push({ range, before: area().load("formulas,numberFormat") });
    range.values = part.map((line) => line.map(asTyped));
    // The format of a date came with the function's value and would be lost with it.
    range.numberFormat = numberFormats.slice(from, from + height);
  }
  return written;
}

function putBack({ range, before }: Written): void {
  range.numberFormat = before.numberFormat;
  range.formulas = before.formulas.map((line: unknown[]) => line.map(formulaAsTyped));
}

/** Formulas, and texts that Excel returns with their apostrophe, are written unchanged. */
function formulaAsTyped(content: unknown): unknown {
  return typeof content === "string" && /^[=']/.test(content) ? content : asTyped(content);
}
