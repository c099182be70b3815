/**
 * Tables to cells. Excel shows null, NaN and Infinity in a matrix as 0 (office-js 1503), so every value passes
 * through here.
 * @module
 */
import { maxCellChars } from "../../excel/limits.ts";
import { KalError } from "../../kalibrate/errors.ts";
import {
  type Column,
  type ColumnType,
  isCellError,
  type Table,
  type TableValue,
} from "../../kalibrate/table.ts";
import { serialOf } from "../../kalibrate/serial-date.ts";
import { cutText } from "../../kalibrate/shorten.ts";
import { toExcelError, toPlainExcelError } from "./excel-error.ts";
import type { DateForm } from "./host.ts";

/** A number that Excel shows by its own format. */
interface FormattedCell {
  type: "Double" | "FormattedNumber";
  basicValue: number;
  numberFormat: string;
}

/** An error within a table has a cell of its own; a thrown one would take the whole table. */
export type Cell = string | number | boolean | FormattedCell | CustomFunctions.Error;

/** How values become cells: as the host takes them and the workbook's settings want them. */
export interface CellForm {
  readonly dates: DateForm;
  /** Whether errors within a table have no text, which takes some 200 characters of each. */
  readonly plainErrors?: boolean;
  /** Excel's number format of a day; a time is written behind it. */
  readonly dateFormat: string;
  /** What stands where there is no value. */
  readonly empty: Cell;
}

export interface MeasuredCells {
  readonly cells: Cell[][];
  /** Their length as JSON, which is how they travel to Excel. */
  readonly characters: number;
  /** Whether dates are plain numbers because formatted ones would not have fitted. */
  readonly datesArePlain: boolean;
}

/** Results over this many JSON characters never arrive: office.js retries them for 60 s and drops them. */
export const maxResultChars = 2_000_000;

/** What is written behind the day, by type of column. */
const timeFormats: Partial<Record<ColumnType, string>> = { date: "", datetime: " hh:mm" };

/**
 * The cells of a table.
 * @param headers 0 none, 1 field names, 2 labels.
 * @throws KalError KAL_NO_ROWS where there would be no cell at all, KAL_TOO_LARGE where Excel would never get it.
 */
export function toCells(table: Table, headers: 0 | 1 | 2, form: CellForm): MeasuredCells {
  if (table.rows.length === 0 && headers === 0) throw new KalError("KAL_NO_ROWS");
  const measured = fitting(form, (each) => convert(table, headers, each));
  if (measured) return measured;
  throw new KalError("KAL_TOO_LARGE", {
    message: `The result has ${table.rows.length.toLocaleString("en-GB")} rows: too much for one formula.`,
  });
}

/**
 * Cells as Excel takes them: a formatted date takes some 70 characters, a serial six, so rather plain numbers than no
 * table.
 * @param make the cells in a form
 * @param hasErrors whether some of them may be errors, which need not have a text each
 * @returns undefined where they are too many in every form
 */
export function fitting(
  form: CellForm,
  make: (form: CellForm) => Cell[][],
  hasErrors = false,
): MeasuredCells | undefined {
  const short: CellForm = { ...form, plainErrors: true };
  const plain: CellForm = { ...short, dates: "serial" };
  for (const each of [form, ...(hasErrors ? [short] : []), ...(form.dates === "serial" ? [] : [plain])]) {
    const cells = make(each);
    const characters = JSON.stringify(cells).length;
    if (characters > maxResultChars) continue;
    return { cells, characters, datesArePlain: each.dates !== form.dates };
  }
  return undefined;
}

function convert({ columns, rows }: Table, headers: 0 | 1 | 2, form: CellForm): Cell[][] {
  const body = rows.map((row) => columns.map((column, index) => toCell(row[index] ?? null, column, form)));
  if (headers === 0) return body;
  return [columns.map(({ name, label }) => (headers === 1 ? name : label)), ...body];
}

/** One value as its cell. */
export function toCell(value: TableValue, column: Column, form: CellForm): Cell {
  if (value === null) return form.empty;
  if (typeof value === "number") return Number.isFinite(value) ? value : form.empty;
  if (typeof value === "boolean") return value;
  if (isCellError(value)) {
    const error = new KalError(value.error);
    return form.plainErrors ? toPlainExcelError(error) : toExcelError(error);
  }
  // Anything else than text is no table value, but it shall not become an error without words in the cell.
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // Money may come as text (.NET writes decimals so); in a column of numbers it is meant as one.
  if (column.type === "number" && /^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  const time = timeFormats[column.type];
  if (time !== undefined) {
    const serial = serialOf(text);
    if (serial !== undefined) return dateCell(serial, time, form);
  }
  return text.length > maxCellChars ? `${cutText(text, maxCellChars - 1)}…` : text;
}

/**
 * A date as the host takes it and the workbook wants it.
 * @param time the format of the time behind the day; "" where there is none
 */
export function dateCell(serial: number, time: string, { dates, dateFormat }: CellForm): Cell {
  if (dates === "serial") return serial;
  const type = dates === "double" ? "Double" : "FormattedNumber";
  return { type, basicValue: serial, numberFormat: dateFormat + time };
}

/** As the API has it, in every workbook: for tables about the data, which are no data. */
export const plainForm: CellForm = { dates: "serial", dateFormat: "", empty: "" };
