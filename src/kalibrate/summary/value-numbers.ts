/**
 * Numbers for the different values of a column, so that groups are found and sorted by whole numbers.
 * @module
 */
import { readClockTime } from "../clock-time.ts";
import { type ColumnType, isCellError, type TableValue } from "../table.ts";
import { type Bucket, bucketEnd, bucketStart, bucketValue } from "./buckets.ts";

/** Numbers values from 0, in order of appearance. */
export interface ValueNumbers {
  readonly count: number;
  /** The same number for values that look the same in a cell: dates by their clock time, whatever their zone. */
  readonly numberOf: (value: TableValue) => number;
  /** The first value with this number. */
  readonly valueOf: (number: number) => TableValue;
}

/** @param type of the column, if the catalogue knows it */
export function createValueNumbers(type: ColumnType | undefined): ValueNumbers {
  const plain = new Map<string | number | boolean | null, number>();
  const clocks = new Map<number, number>();
  const errors = new Map<string, number>();
  const values: TableValue[] = [];

  function numberIn<Key>(numbers: Map<Key, number>, key: Key, value: TableValue): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, values.length);
    return values.push(value) - 1;
  }

  return {
    get count() {
      return values.length;
    },
    numberOf(value) {
      if (isCellError(value)) return numberIn(errors, value.error, value);
      const clock = clockOf(value, type);
      return clock === undefined ? numberIn(plain, value, value) : numberIn(clocks, clock, value);
    },
    valueOf: (number) => values[number] ?? null,
  };
}

/** Whether two values look the same in a cell. */
export function isSameValue(left: TableValue, right: TableValue, type: ColumnType | undefined): boolean {
  if (isCellError(left) || isCellError(right))
    return isCellError(left) && isCellError(right) && left.error === right.error;
  const clock = clockOf(left, type);
  return clock === undefined ? left === right : clock === clockOf(right, type);
}

/** The clock time of a value that a cell shows as a date. */
function clockOf(value: TableValue, type: ColumnType | undefined): number | undefined {
  const mayBeDate = type === undefined || type === "date" || type === "datetime";
  return mayBeDate && typeof value === "string" ? readClockTime(value)?.clock : undefined;
}

/** Numbers time spans by their values in a table. */
export interface SpanNumbers extends ValueNumbers {
  /** The number of the span that contains a clock time. */
  readonly numberAt: (clock: number) => number;
  /** The end of that span. */
  readonly endAt: (clock: number) => number;
}

export function createSpanNumbers(bucket: Bucket): SpanNumbers {
  const values = createValueNumbers("text");
  const byStart = new Map<number, number>();
  // Most times are in the same span as the time before.
  let [start, end, number] = [Infinity, -Infinity, 0];

  function goTo(clock: number): void {
    if (clock >= start && clock < end) return;
    start = bucketStart(bucket, clock);
    end = bucketEnd(bucket, start);
    const known = byStart.get(start);
    number = known ?? values.numberOf(bucketValue(bucket, start));
    if (known === undefined) byStart.set(start, number);
  }

  return {
    get count() {
      return values.count;
    },
    numberOf: values.numberOf,
    valueOf: values.valueOf,
    numberAt(clock) {
      goTo(clock);
      return number;
    },
    endAt(clock) {
      goTo(clock);
      return end;
    },
  };
}

/** Compares values in the order of Excel's sort: numbers and dates, then text, then FALSE and TRUE; absent ones last. */
export function compareValues(left: TableValue, right: TableValue, type: ColumnType | undefined): number {
  return compareSortables(sortable(left, type), sortable(right, type));
}

/** The places of values in that order; equal ones share a place. */
export function placesOf({ count, valueOf }: ValueNumbers, type: ColumnType | undefined): Int32Array {
  const sortables = Array.from({ length: count }, (_, number) => sortable(valueOf(number), type));
  const compare = (a: number, b: number) => compareSortables(sortables[a] ?? null, sortables[b] ?? null);
  const order = sortables.map((_, number) => number).sort(compare);
  const places = new Int32Array(count);
  order.forEach((number, at) => {
    const before = order[at - 1];
    places[number] = before !== undefined && compare(before, number) === 0 ? (places[before] ?? 0) : at;
  });
  return places;
}

type Sortable = string | number | boolean | null;

function sortable(value: TableValue, type: ColumnType | undefined): Sortable {
  return clockOf(value, type) ?? (isCellError(value) ? null : value);
}

const collator = new Intl.Collator("en");

function compareSortables(a: Sortable, b: Sortable): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string")
    return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
  return rankOf(a) - rankOf(b) || Number(a) - Number(b);
}

function rankOf(value: Sortable): number {
  return value === null ? 3 : typeof value === "boolean" ? 2 : typeof value === "string" ? 1 : 0;
}
