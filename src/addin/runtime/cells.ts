/**
 * Tables to cells. Excel shows null, NaN and Infinity in a matrix as 0 (office-js 1503), so every value passes
 * through here.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { Column, ColumnType, Table, TableValue } from "../../kalibrate/table.ts";
import { serialOf } from "../../kalibrate/serial-date.ts";

/** How a host takes dates: as formatted numbers of one kind or the other, or as bare serials. */
export type DateForm = "double" | "formattedNumber" | "serial";

/** A number that Excel shows by its own format. */
interface FormattedCell {
  type: "Double" | "FormattedNumber";
  basicValue: number;
  numberFormat: string;
}

export type Cell = string | number | boolean | FormattedCell;

export interface MeasuredCells {
  readonly cells: Cell[][];
  /** Their length as JSON, which is how they travel to Excel. */
  readonly characters: number;
}

/** Results over this many JSON characters never arrive: office.js retries them for 60 s and drops them. */
export const mostResultChars = 2_000_000;

/** A cell holds no more characters than this (Excel's specification). */
const longestText = 32_767;

const dateFormats: Partial<Record<ColumnType, string>> = {
  date: "yyyy-mm-dd",
  datetime: "yyyy-mm-dd hh:mm",
};

/**
 * The cells of a table.
 * @param headers 0 none, 1 field names, 2 labels.
 * @throws KalError KAL_NO_ROWS where there would be no cell at all, KAL_TOO_LARGE where Excel would never get it.
 */
export function toCells(table: Table, headers: 0 | 1 | 2, dates: DateForm): MeasuredCells {
  if (table.rows.length === 0 && headers === 0) throw new KalError("KAL_NO_ROWS");
  // A formatted date takes some 70 characters, a serial six: rather plain numbers than no table.
  const forms: readonly DateForm[] = dates === "serial" ? [dates] : [dates, "serial"];
  for (const form of forms) {
    const cells = convert(table, headers, form);
    const characters = JSON.stringify(cells).length;
    if (characters <= mostResultChars) return { cells, characters };
  }
  throw new KalError("KAL_TOO_LARGE", {
    message: `The result has ${table.rows.length.toLocaleString("en-GB")} rows: too much for one formula.`,
  });
}

function convert({ columns, rows }: Table, headers: 0 | 1 | 2, dates: DateForm): Cell[][] {
  const body = rows.map((row) => columns.map((column, index) => toCell(row[index] ?? null, column, dates)));
  if (headers === 0) return body;
  return [columns.map(({ name, label }) => (headers === 1 ? name : label)), ...body];
}

/** One value as its cell. */
export function toCell(value: TableValue, column: Column, dates: DateForm): Cell {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? value : "";
  if (typeof value === "boolean") return value;
  // Money may come as text (.NET writes decimals so); in a column of numbers it is meant as one.
  if (column.type === "number" && /^-?\d{1,15}(\.\d+)?$/.test(value)) return Number(value);
  const numberFormat = dateFormats[column.type];
  if (numberFormat !== undefined) {
    const serial = serialOf(value);
    if (serial !== undefined) return dateCell(serial, numberFormat, dates);
  }
  return value.length > longestText ? `${value.slice(0, longestText - 1)}…` : value;
}

/** A date as the host takes it. */
export function dateCell(serial: number, numberFormat: string, dates: DateForm): Cell {
  if (dates === "serial") return serial;
  return { type: dates === "double" ? "Double" : "FormattedNumber", basicValue: serial, numberFormat };
}

/** Formatted dates need data types: Microsoft 365 has them, perpetual Excel (2021) takes bare serials. */
export function dateFormOfHost(): DateForm {
  const { requirements } = Office.context;
  if (!requirements.isSetSupported("CustomFunctionsRuntime", "1.4")) return "serial";
  return requirements.isSetSupported("ExcelApi", "1.19") ? "double" : "formattedNumber";
}
