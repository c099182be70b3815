/**
 * The groups of a summary: the group of each record, and the order in which groups are shown.
 * @module
 */
import { readClockTime } from "../clock-time.ts";
import { writePath } from "../names.ts";
import type { ColumnType, TableValue } from "../table.ts";
import { bucketStart, bucketValue } from "./buckets.ts";
import type { Group } from "./expressions.ts";
import { fieldTypeError } from "./field-type.ts";

export interface GroupColumn extends Group {
  /** The field's type, if the catalogue knows it. */
  readonly type: ColumnType | undefined;
}

/** Numbers the combinations of group values from 0, in order of appearance. */
export interface Groups {
  readonly count: number;
  /** The number of the group with these values; adds a group if they are new. */
  readonly numberOf: (values: readonly TableValue[]) => number;
  readonly valuesOf: (group: number) => readonly TableValue[];
}

export function createGroups(columns: readonly GroupColumn[]): Groups {
  const numbers = new Map<string, number>();
  const all: (readonly TableValue[])[] = [];
  const [only] = columns.length === 1 ? columns : [];
  return {
    get count() {
      return all.length;
    },
    numberOf(values) {
      const key = only
        ? keyOf(values[0] ?? null, only)
        : JSON.stringify(columns.map((column, at) => keyOf(values[at] ?? null, column)));
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      all.push(values);
      return all.length - 1;
    },
    valuesOf(group) {
      const values = all[group];
      if (!values) throw new RangeError(`There is no group ${group}.`);
      return values;
    },
  };
}

/**
 * The value by which a record is grouped: its field's value, or the time span that contains it.
 * @throws KalError KAL_FIELD_TYPE if a time span is needed and the value is not a date.
 */
export function groupValue(column: GroupColumn, value: TableValue): TableValue {
  if (value === null || value === "") return null;
  if (column.bucket === undefined) return value;
  const time = typeof value === "string" ? readClockTime(value) : undefined;
  if (time === undefined) throw fieldTypeError(column.name, writePath(column.path), value, "a date");
  return bucketValue(column.bucket, bucketStart(column.bucket, time.clock));
}

/** Equal for values that look the same in a cell: dates by their clock time, whatever their zone. */
export function keyOf(value: TableValue, { type }: Pick<GroupColumn, "type">): string {
  if (typeof value === "string") {
    const clock = clockOf(value, type);
    return clock === undefined ? `s${value}` : `t${clock}`;
  }
  return value === null ? "" : typeof value === "object" ? `e${value.error}` : `${typeof value}${value}`;
}

function clockOf(value: string, type: ColumnType | undefined): number | undefined {
  return type === undefined || type === "date" || type === "datetime"
    ? readClockTime(value)?.clock
    : undefined;
}

const collator = new Intl.Collator("en");

/**
 * Compares values in the order of Excel's sort: numbers and dates, then text, then FALSE and TRUE; absent ones last.
 */
export function compareValues(left: TableValue, right: TableValue, type: ColumnType | undefined): number {
  const [a, b] = [sortable(left, type), sortable(right, type)];
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string")
    return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
  return rankOf(a) - rankOf(b) || Number(a) - Number(b);
}

function sortable(value: TableValue, type: ColumnType | undefined): string | number | boolean | null {
  if (typeof value === "string") return clockOf(value, type) ?? value;
  return typeof value === "object" ? null : value;
}

function rankOf(value: string | number | boolean | null): number {
  return value === null ? 3 : typeof value === "boolean" ? 2 : typeof value === "string" ? 1 : 0;
}
