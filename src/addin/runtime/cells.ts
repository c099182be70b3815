/**
 * Converts table values to cells. Excel shows null, NaN and Infinity in a matrix as 0 (office-js 1503), so every value
 * must be converted here.
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

/** A number with its own number format. */
interface FormattedCell {
  type: "Double" | "FormattedNumber";
  basicValue: number;
  numberFormat: string;
}

/** An error within a table affects one cell; a thrown error would replace the whole table. */
export type Cell = string | number | boolean | FormattedCell | CustomFunctions.Error;

/** How values become cells, depending on the host and the workbook's settings. */
export interface CellForm {
  readonly dates: DateForm;
  /** Whether errors within a table have no text, which takes about 200 characters each. */
  readonly plainErrors?: boolean;
  /** Excel's number format of a day; the time format is appended. */
  readonly dateFormat: string;
  /** The cell for a missing value. */
  readonly empty: Cell;
}

export interface MeasuredCells {
  readonly cells: Cell[][];
  /** Their length as JSON, the format in which Excel receives them. */
  readonly characters: number;
  /** Whether dates are plain numbers because formatted ones would exceed the limit. */
  readonly datesArePlain: boolean;
}

/** Excel never shows results over this many JSON characters: office.js retries them for 60 s and drops them. */
export const maxResultChars = 2_000_000;

/** The time format after the day, by column type. */
const timeFormats: Partial<Record<ColumnType, string>> = { date: "", datetime: " hh:mm" };

/**
 * The cells of a table.
 * @param headers 0 none, 1 field names, 2 labels.
 * @throws KalError KAL_NO_ROWS if there would be no cell at all, KAL_TOO_LARGE if Excel could not receive them.
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
 * Chooses a form of cells that Excel can receive. A formatted date takes about 70 characters, a serial six, so plain
 * numbers are better than no table.
 * @param make creates the cells in a form
 * @param hasErrors whether some cells may be errors, which may lose their texts
 * @returns undefined if the cells are too large in every form
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

/** Converts one value to a cell. */
export function toCell(value: TableValue, column: Column, form: CellForm): Cell {
  if (value === null) return form.empty;
  if (typeof value === "number") return Number.isFinite(value) ? value : form.empty;
  if (typeof value === "boolean") return value;
  if (isCellError(value)) {
    const error = new KalError(value.error);
    return form.plainErrors ? toPlainExcelError(error) : toExcelError(error);
  }
  // A table value should be text here. Anything else is shown as JSON rather than as an error without text.
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // Money may come as text (.NET writes decimals so); in a number column it becomes a number.
  if (column.type === "number" && /^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  const time = timeFormats[column.type];
  if (time !== undefined) {
    const serial = serialOf(text);
    if (serial !== undefined) return dateCell(serial, time, form);
  }
  return text.length > maxCellChars ? `${cutText(text, maxCellChars - 1)}…` : text;
}

/**
 * A date in the form of the host and the workbook.
 * @param time the time format after the day; "" if there is none
 */
export function dateCell(serial: number, time: string, { dates, dateFormat }: CellForm): Cell {
  if (dates === "serial") return serial;
  const type = dates === "double" ? "Double" : "FormattedNumber";
  return { type, basicValue: serial, numberFormat: dateFormat + time };
}

/** Values as the API returns them, independent of the workbook's settings: for tables about the data model. */
export const plainForm: CellForm = { dates: "serial", dateFormat: "", empty: "" };
