/**
 * Tables: named, typed columns and rows of plain values.
 * @module
 */

import type { ErrorCode } from "./errors.ts";

export type ColumnType = "text" | "number" | "boolean" | "date" | "datetime";

export interface Column {
  /** The field's path as asked for: `brand.name`. */
  name: string;
  /** A readable heading: `Brand name`. */
  label: string;
  type: ColumnType;
}

/** A value that no cell can hold: its cell shows the error, the rest of the table stays. */
export interface CellError {
  error: ErrorCode;
}

/** A value of a table on its way to a cell. Dates are the API's ISO text; absent is null. */
export type TableValue = string | number | boolean | null | CellError;

export function isCellError(value: TableValue): value is CellError {
  return typeof value === "object" && value !== null && "error" in value;
}

export interface Table {
  columns: Column[];
  rows: TableValue[][];
}
