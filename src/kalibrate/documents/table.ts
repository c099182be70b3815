/**
 * Turns documents into a table: named, typed columns and plain values.
 * @module
 */
import { attributeAt, labelOf } from "../catalogue/attributes.ts";
import { readIsoDate } from "../serial-date.ts";
import { withoutExponent } from "../without-exponent.ts";
import { type CellError, type Column, type ColumnType, isCellError, type TableValue } from "../table.ts";
import { writtenReference } from "./document.ts";
import type { FieldPath } from "./fields.ts";

/**
 * A value as a table holds it: numbers, booleans and text unchanged, a bare reference as its entity id, a list as its
 * items joined by commas, any other object as JSON text. A number beyond a double's range, at any depth, becomes a cell
 * error.
 * @param type of the column, if the catalogue knows it. Numeric text then becomes a number, 0 and 1 become booleans,
 * dates get ISO spelling. A value that does not fit its type stays unchanged.
 */
export function toTableValue(value: unknown, type?: ColumnType): TableValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return type === undefined ? value : fitText(value, type);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (type === "boolean" && (value === 0 || value === 1)) return value === 1;
    return isTooLarge(value) ? tooLarge : Number.isNaN(value) ? null : value;
  }
  if (Array.isArray(value)) {
    const items: (string | number | boolean)[] = [];
    for (const item of value) {
      const itemValue = toTableValue(item);
      if (isCellError(itemValue)) return itemValue;
      if (itemValue !== null) items.push(itemValue);
    }
    return items.join(", ");
  }
  return writtenReference(value) ?? jsonText(value);
}

const tooLarge: CellError = { error: "KAL_NUMBER_TOO_LARGE" };

/** JSON can contain 1e400; a double cannot hold it and becomes Infinity. */
function isTooLarge(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}

/** JSON has no Infinity: JSON.stringify would write null. */
function jsonText(value: unknown): TableValue {
  let holdsTooLarge = false;
  const text = JSON.stringify(value, (_, item: unknown) => {
    holdsTooLarge ||= isTooLarge(item);
    return item;
  });
  return holdsTooLarge ? tooLarge : (text ?? null);
}

const decimal = /^[+-]?\d{1,15}(\.\d+)?$/;
const flags: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
]);
/** SQL and some serialisers write a blank in place of ISO's T. */
const blankDateTime = /^(\d{4}-\d\d-\d\d) +(?=\d\d:\d\d)/;

/**
 * Converts text to the column's type. Surrounding blanks, as from fixed-width columns, are ignored for numbers, flags
 * and dates.
 */
function fitText(text: string, type: ColumnType): TableValue {
  const trimmed = text.trim();
  if (type === "number") {
    const plain = withoutExponent(trimmed) ?? trimmed;
    return decimal.test(plain) ? Number(plain) : text;
  }
  if (type === "boolean") return flags.get(trimmed.toLowerCase()) ?? text;
  if (!isTime(type)) return text;
  // .NET's date that was never set: year 1.
  if (trimmed.startsWith("0001-01-01")) return null;
  if (trimmed !== text && !readIsoDate(trimmed)) return text;
  return trimmed.replace(blankDateTime, "$1T");
}

/**
 * The columns for these paths in documents of a collection (`price`, `reference/Brand`). The type comes from the
 * catalogue; for unknown attributes it is the type that all values share, otherwise text.
 */
export function columnsFor(
  paths: readonly FieldPath[],
  rows: readonly (readonly TableValue[])[],
  collection: string,
): Column[] {
  return paths.map((path, index) => {
    const name = path.join(".");
    return { name, label: labelOf(name), type: knownType(collection, path) ?? columnType(rows, index) };
  });
}

/** The type of the column at a path; undefined if the catalogue does not know it. */
export function knownType(collection: string, path: FieldPath): ColumnType | undefined {
  return attributeAt(collection, path)?.type;
}

/** The type that all values of a column share, else text. */
export function columnType(rows: readonly (readonly TableValue[])[], index: number): ColumnType {
  let type: ColumnType | undefined;
  for (const row of rows) {
    const value = row[index];
    if (value === undefined || value === null || value === "") continue;
    const found = isCellError(value) ? "number" : typeOfValue(value);
    if (type === undefined) type = found;
    else if (type !== found) {
      // A date and a date-time together make a date-time: the date is its midnight.
      if (!isTime(type) || !isTime(found)) return "text";
      type = "datetime";
    }
  }
  return type ?? "text";
}

function isTime(type: ColumnType): boolean {
  return type === "date" || type === "datetime";
}

/** The type of a single value. */
export function typeOfValue(value: string | number | boolean): ColumnType {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  const date = readIsoDate(value);
  if (date === undefined) return "text";
  return date.clock === undefined ? "date" : "datetime";
}
