/**
 * The groups of a summary: the group of each record, and the order in which groups are shown.
 * @module
 */
import { readClockTime } from "../clock-time.ts";
import { writePath } from "../names.ts";
import type { ColumnType, TableValue } from "../table.ts";
import { bucketStart, bucketValue } from "./buckets.ts";
import { createCombinations } from "./combinations.ts";
import type { Group } from "./expressions.ts";
import { fieldTypeError } from "./field-type.ts";
import { createSpanNumbers, createValueNumbers, placesOf } from "./value-numbers.ts";

export interface GroupColumn extends Group {
  /** The field's type, if the catalogue knows it. */
  readonly type: ColumnType | undefined;
  /** Whether it is a time span of the time at which a record takes effect. */
  readonly isOfTime: boolean;
}

/**
 * Numbers groups from 0, in order of appearance.
 *
 * A record's base are its values without the time spans of its own time: a record that is in force for a month is in
 * thirty groups by day, all with the same base.
 */
export interface Groups {
  readonly count: number;
  /** @param values one per column. @throws KalError KAL_FIELD_TYPE if a time span is needed and a value is not a date. */
  readonly baseOf: (values: readonly TableValue[]) => number;
  /**
   * The group of a record. @param clock of its own time; undefined if it has none.
   * @throws KalError KAL_FIELD_TYPE as `baseOf`.
   */
  readonly groupOf: (base: number, values: readonly TableValue[], clock: number | undefined) => number;
  /** The group with this base that contains a time. */
  readonly groupAt: (base: number, clock: number) => number;
  /** The end of the time spans that contain a time; Infinity if there are none. */
  readonly endAt: (clock: number) => number;
  readonly valuesOf: (group: number) => TableValue[];
  /** The groups as they are shown: ascending by their values. */
  readonly inOrder: () => Int32Array;
}

export function createGroups(columns: readonly GroupColumn[]): Groups {
  const levels = columns.map(createLevel);
  const ofBase = levels.filter(({ column }) => !column.isOfTime);
  const ofTime = levels.filter(({ column }) => column.isOfTime);
  const bases = createCombinations(ofBase.length);
  const groups = createCombinations(1 + ofTime.length);
  // Filled for each record instead of made for each.
  const baseNumbers = ofBase.map(() => 0);
  const groupNumbers = [0, ...ofTime.map(() => 0)];

  /** The number of a level's value in a group. */
  function numberIn(group: number, level: Level): number {
    const place = ofTime.indexOf(level);
    return place < 0 ? bases.at(groups.at(group, 0), ofBase.indexOf(level)) : groups.at(group, 1 + place);
  }

  function groupAt(base: number, clock: number): number {
    groupNumbers[0] = base;
    for (let place = 0; place < ofTime.length; place += 1)
      groupNumbers[1 + place] = ofTime[place]?.spans?.numberAt(clock) ?? 0;
    return groups.numberOf(groupNumbers);
  }

  return {
    get count() {
      return groups.count;
    },
    baseOf(values) {
      ofBase.forEach(({ at, numberOf }, place) => (baseNumbers[place] = numberOf(values[at] ?? null)));
      return bases.numberOf(baseNumbers);
    },
    groupOf(base, values, clock) {
      if (clock !== undefined) return groupAt(base, clock);
      groupNumbers[0] = base;
      ofTime.forEach(({ at, numberOf }, place) => (groupNumbers[1 + place] = numberOf(values[at] ?? null)));
      return groups.numberOf(groupNumbers);
    },
    groupAt,
    endAt(clock) {
      let end = Infinity;
      for (const { spans } of ofTime) end = Math.min(end, spans?.endAt(clock) ?? Infinity);
      return end;
    },
    valuesOf: (group) => levels.map((level) => level.values.valueOf(numberIn(group, level))),
    inOrder() {
      const places = levels.map(({ column: { bucket, type }, values }) =>
        placesOf(values, bucket === undefined ? type : undefined),
      );
      const sortKeys = levels.map((level, at) =>
        Int32Array.from({ length: groups.count }, (_, group) => places[at]?.[numberIn(group, level)] ?? 0),
      );
      return Int32Array.from({ length: groups.count }, (_, group) => group).sort((left, right) => {
        for (const keys of sortKeys) {
          const difference = (keys[left] ?? 0) - (keys[right] ?? 0);
          if (difference !== 0) return difference;
        }
        return 0;
      });
    },
  };
}

type Level = ReturnType<typeof createLevel>;

function createLevel(column: GroupColumn, at: number) {
  const spans = column.bucket === undefined ? undefined : createSpanNumbers(column.bucket);
  const values = spans ?? createValueNumbers(column.type);
  return {
    column,
    /** Place among the columns. */
    at,
    spans,
    values,
    numberOf(value: TableValue): number {
      const isAbsent = value === null || value === "";
      if (isAbsent) return values.numberOf(null);
      return spans ? spans.numberAt(clockIn(column, value)) : values.numberOf(value);
    },
  };
}

/**
 * The value by which a record is grouped: its field's value, or the time span that contains it.
 * @throws KalError KAL_FIELD_TYPE if a time span is needed and the value is not a date.
 */
export function groupValue(
  column: Pick<GroupColumn, "bucket" | "name" | "path">,
  value: TableValue,
): TableValue {
  if (value === null || value === "") return null;
  if (column.bucket === undefined) return value;
  return bucketValue(column.bucket, bucketStart(column.bucket, clockIn(column, value)));
}

function clockIn({ name, path }: Pick<GroupColumn, "name" | "path">, value: TableValue): number {
  const time = typeof value === "string" ? readClockTime(value) : undefined;
  if (time === undefined) throw fieldTypeError(name, writePath(path), value, "a date");
  return time.clock;
}
