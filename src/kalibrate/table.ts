/**
 * Tables: named, typed columns and rows of plain values.
 * @module
 */

export type ColumnType = "text" | "number" | "boolean" | "date" | "datetime";

export interface Column {
  /** The field's path as asked for: `brand.name`. */
  name: string;
  /** A readable heading: `Brand name`. */
  label: string;
  type: ColumnType;
}

/** A value of a table on its way to a cell. Dates are the API's ISO text; absent is null. */
export type TableValue = string | number | boolean | null;

export interface Table {
  columns: Column[];
  rows: TableValue[][];
}
