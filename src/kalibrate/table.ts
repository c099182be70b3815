/**
 * Tables: named, typed columns and rows of plain values.
 * @module
 */

import type { ErrorCode } from "./errors.ts";

export type ColumnType = "text" | "number" | "boolean" | "date" | "datetime";

export interface Column {
  /** The field's path as requested: `brand.name`. */
  name: string;
  /** A readable heading: `Brand name`. */
  label: string;
  type: ColumnType;
}

/** A value that no cell can hold. Its cell shows the error; the rest of the table is unaffected. */
export interface CellError {
  error: ErrorCode;
}

/** A value in a table. Dates are the API's ISO text; an absent value is null. */
export type TableValue = string | number | boolean | null | CellError;

export function isCellError(value: TableValue): value is CellError {
  return typeof value === "object" && value !== null && "error" in value;
}

export interface Table {
  columns: Column[];
  rows: TableValue[][];
}
