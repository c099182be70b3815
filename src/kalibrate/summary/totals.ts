/**
 * The measures of a group, except `timeavg`: how each accumulates values and computes its result.
 * @module
 */
import { type ClockTime, instantOf, readClockTime } from "../clock-time.ts";
import { writePath } from "../names.ts";
import type { ColumnType, TableValue } from "../table.ts";
import { addDecimal, decimalToNumber, type DecimalSum, emptySum } from "./decimal-sum.ts";
import type { Measure, MeasureName } from "./expressions.ts";
import { fieldTypeError } from "./field-type.ts";
import { compareWritten, type Written } from "./newest.ts";
import { doubles, groupIndexes, wholeNumbers } from "./number-list.ts";
import { createValueNumbers, isSameValue } from "./value-numbers.ts";

export interface MeasureColumn extends Measure {
  /** The field's type, if the catalogue knows it. */
  readonly type: ColumnType | undefined;
}

/** When the value takes effect and when its record was written; for measures that depend on time. */
export interface Timed extends Written {
  /** Undefined if the record has none. */
  readonly time: ClockTime | undefined;
}

export interface Total {
  /** Adds the value of one record. @throws KalError KAL_FIELD_TYPE */
  readonly add: (group: number, value: TableValue, timed: Timed) => void;
  /** Call it after the last record. */
  readonly finish: (groupCount: number) => void;
  readonly valueOf: (group: number) => TableValue;
}

/** All measures but `timeavg`, which needs series and not single records. */
export type PlainMeasure = Exclude<MeasureName, "timeavg">;

export function createTotal(column: MeasureColumn & { readonly measure: PlainMeasure }): Total {
  return makers[column.measure](column);
}

const makers: Readonly<Record<PlainMeasure, (column: MeasureColumn) => Total>> = {
  count: createCount,
  distinct: createDistinct,
  sum: (column) => createSum(column, (sum) => decimalToNumber(sum)),
  avg: (column) => createSum(column, decimalToNumber),
  median: createMedian,
  min: (column) => createExtreme(column, (difference) => difference < 0),
  max: (column) => createExtreme(column, (difference) => difference > 0),
  first: (column) => createEnd(column, (difference) => difference < 0),
  last: (column) => createEnd(column, (difference) => difference > 0),
};

const isAbsent = (value: TableValue) => value === null || value === "";

/** A number; undefined for an absent value. @throws KalError KAL_FIELD_TYPE */
export function numberIn(column: MeasureColumn, value: TableValue): number | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw fieldTypeError(column.name, writePath(column.path ?? []), value, "numbers");
}

function createCount({ path }: MeasureColumn): Total {
  const counts: number[] = [];
  return {
    add(group, value) {
      counts[group] = (counts[group] ?? 0) + (path === undefined || !isAbsent(value) ? 1 : 0);
    },
    finish: () => undefined,
    valueOf: (group) => counts[group] ?? 0,
  };
}

function createSum(column: MeasureColumn, result: (sum: DecimalSum, count: number) => number): Total {
  const sums: (DecimalSum | undefined)[] = [];
  const counts: number[] = [];
  return {
    add(group, value) {
      const number = numberIn(column, value);
      if (number === undefined) return;
      addDecimal((sums[group] ??= emptySum()), number);
      counts[group] = (counts[group] ?? 0) + 1;
    },
    finish: () => undefined,
    valueOf(group) {
      const sum = sums[group];
      return sum === undefined ? null : finite(result(sum, counts[group] ?? 1));
    },
  };
}

/** The sum of numbers that fit into cells may be too large for a cell. */
export function finite(number: number): TableValue {
  return Number.isFinite(number) ? number : { error: "KAL_NUMBER_TOO_LARGE" };
}

/** Stores all values with their groups: 12 bytes each. */
function createMedian(column: MeasureColumn): Total {
  const groups = wholeNumbers();
  const values = doubles();
  let ordered = groupIndexes(groups, 0);
  return {
    add(group, value) {
      const number = numberIn(column, value);
      if (number === undefined) return;
      groups.add(group);
      values.add(number);
    },
    finish: (groupCount) => void (ordered = groupIndexes(groups, groupCount)),
    valueOf(group) {
      const { order, starts } = ordered;
      const indexes = order.subarray(starts[group], starts[group + 1]);
      const sorted = new Float64Array(indexes.length);
      for (let at = 0; at < sorted.length; at += 1) sorted[at] = values.at(indexes[at] ?? 0);
      sorted.sort();
      const middle = (sorted.length - 1) / 2;
      const low = sorted[Math.floor(middle)];
      const high = sorted[Math.ceil(middle)];
      if (low === undefined || high === undefined) return null;
      if (low === high) return low;
      const sum = emptySum();
      addDecimal(sum, low);
      addDecimal(sum, high);
      return finite(decimalToNumber(sum, 2));
    },
  };
}

/** Stores each distinct value once, and per record the number of its value: 8 bytes. */
function createDistinct({ type }: MeasureColumn): Total {
  const numbers = createValueNumbers(type);
  const groups = wholeNumbers();
  const values = wholeNumbers();
  let ordered = groupIndexes(groups, 0);
  return {
    add(group, value) {
      if (isAbsent(value)) return;
      groups.add(group);
      values.add(numbers.numberOf(value));
    },
    finish: (groupCount) => void (ordered = groupIndexes(groups, groupCount)),
    valueOf(group) {
      const { order, starts } = ordered;
      const sorted = order
        .slice(starts[group], starts[group + 1])
        .map(values.at)
        .sort();
      let count = 0;
      for (let at = 0; at < sorted.length; at += 1) if (at === 0 || sorted[at] !== sorted[at - 1]) count += 1;
      return count;
    },
  };
}

/** The minimum or maximum of numbers, or of dates by their clock time. */
function createExtreme(column: MeasureColumn, isBetter: (difference: number) => boolean): Total {
  const bests: ({ readonly value: TableValue; readonly size: number } | undefined)[] = [];
  return {
    add(group, value) {
      if (isAbsent(value)) return;
      const size = sizeOf(column, value);
      const best = bests[group];
      if (best === undefined || isBetter(size - best.size)) bests[group] = { value, size };
    },
    finish: () => undefined,
    valueOf: (group) => bests[group]?.value ?? null,
  };
}

/** @throws KalError KAL_FIELD_TYPE */
function sizeOf(column: MeasureColumn, value: TableValue): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const time = typeof value === "string" && column.type !== "text" ? readClockTime(value) : undefined;
  if (time) return time.clock;
  throw fieldTypeError(column.name, writePath(column.path ?? []), value, "numbers or dates");
}

/** The first or last value in time. Of several at the same time, the record written last counts. */
function createEnd(column: MeasureColumn, isBetter: (difference: number) => boolean): Total {
  const byClock = createCandidates(column, isBetter);
  const byInstant = createCandidates(column, isBetter);
  const withoutZone = new Set<number>();
  return {
    add(group, value, timed) {
      const { time } = timed;
      if (isAbsent(value) || time === undefined) return;
      byClock.add(group, time.clock, value, timed);
      // Real times can be compared only if every record gives its zone.
      if (time.offset === undefined) withoutZone.add(group);
      else byInstant.add(group, instantOf(time.clock, time.offset), value, timed);
    },
    finish: () => undefined,
    valueOf(group) {
      const best = (withoutZone.has(group) ? byClock : byInstant).at(group);
      if (best === undefined) return null;
      return best.isAmbiguous ? { error: "KAL_AMBIGUOUS" } : best.value;
    },
  };
}

/** The best value so far. */
interface Candidate extends Written {
  readonly time: number;
  readonly value: TableValue;
  /** True if another value of the same time is neither newer nor older. */
  readonly isAmbiguous: boolean;
}

function createCandidates({ type }: MeasureColumn, isBetter: (difference: number) => boolean) {
  const bests: (Candidate | undefined)[] = [];
  return {
    add(group: number, time: number, value: TableValue, written: Written) {
      const best = bests[group];
      const newer = best === undefined ? 1 : time === best.time ? compareWritten(written, best) : 0;
      if (best === undefined || newer > 0 || isBetter(time - best.time)) {
        const { changed, created } = written;
        bests[group] = { time, value, changed, created, isAmbiguous: false };
      } else if (time === best.time && newer === 0) {
        const isAmbiguous = best.isAmbiguous || !isSameValue(value, best.value, type);
        if (isAmbiguous !== best.isAmbiguous) bests[group] = { ...best, isAmbiguous };
      }
    },
    at: (group: number) => bests[group],
  };
}
