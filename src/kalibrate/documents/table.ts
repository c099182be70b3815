/**
 * Documents to a table: named, typed columns and plain values.
 * @module
 */
import { findAttribute, labelOf } from "../catalogue/attributes.ts";
import type { Column, ColumnType, TableValue } from "../table.ts";
import { referencedId } from "./document.ts";
import type { FieldPath } from "./fields.ts";

/**
 * A value as a table holds it: numbers, booleans and text as they are, a bare reference as its entity id, a list as
 * its items joined by commas, any other object as JSON text.
 */
export function toTableValue(value: unknown): TableValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) {
    return value
      .map(toTableValue)
      .filter((item) => item !== null)
      .join(", ");
  }
  return referencedId(value) ?? JSON.stringify(value);
}

const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const isoDateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * The columns for those paths. A type comes from the catalogue, for other attributes from the values: one that
 * all of them share, else text.
 */
export function columnsFor(paths: readonly FieldPath[], rows: readonly (readonly TableValue[])[]): Column[] {
  return paths.map((path, index) => {
    const name = path.join(".");
    return { name, label: labelOf(name), type: typeOf(path, rows, index) };
  });
}

function typeOf(path: FieldPath, rows: readonly (readonly TableValue[])[], index: number): ColumnType {
  const known = findAttribute(path.at(-1) ?? "");
  if (known) return known.type;
  let type: ColumnType | undefined;
  for (const row of rows) {
    const value = row[index];
    if (value === undefined || value === null || value === "") continue;
    const found = typeOfValue(value);
    if (type === undefined) type = found;
    else if (type !== found) {
      // A date alone is a date-time at midnight.
      if (!isTime(type) || !isTime(found)) return "text";
      type = "datetime";
    }
  }
  return type ?? "text";
}

function isTime(type: ColumnType): boolean {
  return type === "date" || type === "datetime";
}

function typeOfValue(value: string | number | boolean): ColumnType {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (isoDateTime.test(value)) return "datetime";
  return isoDate.test(value) ? "date" : "text";
}
