/**
 * Groups and figures in place of rows.
 * @module
 */
import type { TableValue } from "../table.ts";
import { compareValues, createGroups, type GroupColumn, groupValue } from "./groups.ts";
import type { Window } from "./in-force.ts";
import { createTimeAverages } from "./time-average.ts";
import { createTotal, type MeasureColumn, type PlainMeasure, type Timed } from "./totals.ts";

export interface SummaryPlan {
  readonly groups: readonly (GroupColumn & {
    /** Whether it is a span of the time from which a record holds. */
    readonly isOfTime: boolean;
  })[];
  readonly measures: readonly MeasureColumn[];
  /** For `timeavg`. */
  readonly window: Window;
}

export interface SummaryRecord extends Timed {
  /** The values of the groups' fields, in their order. */
  readonly groupValues: readonly TableValue[];
  /** The values of the measures' fields; anything for `count`. */
  readonly values: readonly TableValue[];
  /** What it is a record of, for `timeavg`: its values follow each other. */
  readonly series: string;
  /** False for a record from before the window: it weighs in `timeavg`, nothing else. */
  readonly isInWindow: boolean;
}

export interface Summary {
  /** Groups that were met so far. */
  readonly groupCount: number;
  /** @throws KalError KAL_FIELD_TYPE for a value that its measure or group cannot work with. */
  readonly add: (record: SummaryRecord) => void;
  /** To be gone through when all records are in, in as many steps as there is work. */
  readonly finish: () => Generator<void>;
  /** The rows, the groups ascending: their values, then the figures. */
  readonly rows: () => Generator<TableValue[]>;
}

export function createSummary({ groups: columns, measures, window }: SummaryPlan): Summary {
  const groups = createGroups(columns);
  const isOfTime = columns.map((column) => column.isOfTime);
  const weighed = measures.filter(({ measure }) => measure === "timeavg");
  const averages = createTimeAverages(columns, isOfTime, weighed, window);
  const totals = measures.map((column) => (isPlain(column) ? createTotal(column) : undefined));
  // Without groups there is one row, whatever comes.
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
      const order = Array.from({ length: groups.count }, (_, group) => group).sort((one, other) => {
        const [a, b] = [groups.valuesOf(one), groups.valuesOf(other)];
        for (const [at, { type, bucket }] of columns.entries()) {
          const difference = compareValues(a[at]!, b[at]!, bucket === undefined ? type : undefined);
          if (difference !== 0) return difference;
        }
        return 0;
      });
      for (const group of order) {
        const figures = totals.map((total, at) => {
          if (total) return total.valueOf(group);
          return averages.valueOf(weighed.indexOf(measures[at]!), group);
        });
        yield [...groups.valuesOf(group), ...figures];
      }
    },
  };
}

function isPlain(column: MeasureColumn): column is MeasureColumn & { readonly measure: PlainMeasure } {
  return column.measure !== "timeavg";
}
