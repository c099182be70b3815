/**
 * The format and alignment of a column of data, by its type and the catalogue. Used for formulas, tables and the example
 * sheet.
 * @module
 */
import { attributeAt } from "../../../kalibrate/catalogue/attributes.ts";
import { pathOf } from "../../../kalibrate/names.ts";
import type { ColumnType, Table } from "../../../kalibrate/table.ts";
import { type Cell, type CellForm, toCell } from "../cells.ts";

export interface ColumnLook {
  /** An Excel format code, the same in every language; undefined for General. */
  readonly numberFormat: string | undefined;
  /** How Excel aligns the values, and so the heading above them. */
  readonly align: "Left" | "Center" | "Right";
}

const alignments: Readonly<Record<ColumnType, ColumnLook["align"]>> = {
  text: "Left",
  number: "Right",
  boolean: "Center",
  date: "Right",
  datetime: "Right",
};

/** Fuel is priced in pennies or in tenths of a penny. */
export const moneyFormats = ["0.00", "0.000"] as const;

/**
 * The looks of a table's columns.
 * @param form how dates become cells; with plain serials they have no format
 */
export function looksOf(collection: string, table: Table, form: CellForm): ColumnLook[] {
  const { columns } = table;
  return columns.map(({ name, type }, at) => ({
    numberFormat: isMoney(collection, name) ? moneyFormat(table, at, form) : dateFormat(table, at, form),
    align: alignments[type],
  }));
}

export function isMoney(collection: string, field: string): boolean {
  return attributeAt(collection, pathOf(field))?.unit === "money";
}

function* cellsOf({ columns, rows }: Table, at: number, form: CellForm): Generator<Cell> {
  const column = columns[at];
  if (column) for (const row of rows) yield toCell(row[at] ?? null, column, form);
}

function dateFormat(table: Table, at: number, form: CellForm): string | undefined {
  const { type } = table.columns[at] ?? {};
  if (type !== "date" && type !== "datetime") return undefined;
  for (const cell of cellsOf(table, at, form)) {
    if (typeof cell === "object" && "basicValue" in cell) return cell.numberFormat;
  }
  return undefined;
}

/** Two or three decimals, as in the data. */
function moneyFormat(table: Table, at: number, form: CellForm): string | undefined {
  let format: string | undefined;
  for (const cell of cellsOf(table, at, form)) {
    if (typeof cell !== "number") continue;
    format ??= moneyFormats[0];
    if (Math.abs(cell * 100 - Math.round(cell * 100)) > 1e-6) return moneyFormats[1];
  }
  return format;
}
