/**
 * Builds a table of groups and measures instead of the records themselves.
 * @module
 */
import type { TableValue } from "../table.ts";
import { compareValues, createGroups, type GroupColumn, groupValue } from "./groups.ts";
import type { Window } from "./in-force.ts";
import { createTimeAverages } from "./time-average.ts";
import { createTotal, type MeasureColumn, type PlainMeasure, type Timed } from "./totals.ts";

export interface SummaryPlan {
  readonly groups: readonly (GroupColumn & {
    /** Whether it is a time span of the time at which a record takes effect. */
    readonly isOfTime: boolean;
  })[];
  readonly measures: readonly MeasureColumn[];
  /** Used by `timeavg`. */
  readonly window: Window;
}

export interface SummaryRecord extends Timed {
  /** The values of the groups' fields, in order. */
  readonly groupValues: readonly TableValue[];
  /** The values of the measures' fields; anything for `count`. */
  readonly values: readonly TableValue[];
  /**
   * Identifies the series that the record belongs to: in `timeavg`, each value lasts until the next one of its series.
   */
  readonly series: string;
  /** False for a record from before the window: it counts for `timeavg` only. */
  readonly isInWindow: boolean;
}

export interface Summary {
  /** Number of groups so far. */
  readonly groupCount: number;
  /** @throws KalError KAL_FIELD_TYPE for a value that does not suit its measure or group. */
  readonly add: (record: SummaryRecord) => void;
  /** Run it to the end after the last record; it yields often, so that the work can be divided. */
  readonly finish: () => Generator<void>;
  /** The rows, sorted by group: the group's values, then the measures. */
  readonly rows: () => Generator<TableValue[]>;
}

export function createSummary({ groups: columns, measures, window }: SummaryPlan): Summary {
  const groups = createGroups(columns);
  const isOfTime = columns.map((column) => column.isOfTime);
  const weighed = measures.filter(({ measure }) => measure === "timeavg");
  const averages = createTimeAverages(columns, isOfTime, weighed, window);
  const totals = measures.map((column) => (isPlain(column) ? createTotal(column) : undefined));
  // Without groups there is always one row, even without records.
  if (columns.length === 0) groups.numberOf([]);

  return {
    get groupCount() {
      return groups.count;
    },
    add(record) {
      const values = columns.map((column, at) => groupValue(column, record.groupValues[at] ?? null));
      if (weighed.length > 0) {
        const base = values.map((value, at) => (isOfTime[at] ? null : value));
        const numbers = record.values.filter((_, at) => measures[at]?.measure === "timeavg");
        averages.add(record.series, base, numbers, record);
      }
      if (!record.isInWindow) return;
      const group = groups.numberOf(values);
      totals.forEach((total, at) => total?.add(group, record.values[at] ?? null, record));
    },
    *finish() {
      if (weighed.length > 0) yield* averages.weigh(groups);
      for (const total of totals) {
        total?.finish(groups.count);
        yield;
      }
    },
    *rows() {
      const order = Array.from({ length: groups.count }, (_, group) => group).sort((left, right) => {
        const [a, b] = [groups.valuesOf(left), groups.valuesOf(right)];
        for (const [at, { type, bucket }] of columns.entries()) {
          const difference = compareValues(
            a[at] ?? null,
            b[at] ?? null,
            bucket === undefined ? type : undefined,
          );
          if (difference !== 0) return difference;
        }
        return 0;
      });
      for (const group of order) {
        const figures = measures.map((measure, at) => {
          const total = totals[at];
          return total ? total.valueOf(group) : averages.valueOf(weighed.indexOf(measure), group);
        });
        yield [...groups.valuesOf(group), ...figures];
      }
    },
  };
}

function isPlain(column: MeasureColumn): column is MeasureColumn & { readonly measure: PlainMeasure } {
  return column.measure !== "timeavg";
}
