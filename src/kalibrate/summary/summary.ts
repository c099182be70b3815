/**
 * Builds a table of groups and measures instead of the records themselves.
 * @module
 */
import type { TableValue } from "../table.ts";
import { createGroups, type GroupColumn } from "./groups.ts";
import type { Window } from "./in-force.ts";
import { createTimeAverages } from "./time-average.ts";
import { createTotal, type MeasureColumn, type PlainMeasure, type Timed } from "./totals.ts";

export interface SummaryPlan {
  readonly groups: readonly GroupColumn[];
  readonly measures: readonly MeasureColumn[];
  /** Used by `timeavg`. */
  readonly window: Window;
}

export interface SummaryRecord extends Timed {
  /** The values of the groups' fields, in order. */
  readonly groupValues: readonly TableValue[];
  /** The values of the measures' fields; anything for `count`. */
  readonly values: readonly TableValue[];
  /** Variant, site and product: in `timeavg`, each value lasts until the next one of its series. */
  readonly series: readonly TableValue[];
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
  const weighed = measures.flatMap((column, at) => (isPlain(column) ? [] : [{ column, at }]));
  const averages = createTimeAverages(weighed, window);
  const totals = measures.map((column) => (isPlain(column) ? createTotal(column) : undefined));
  // Without groups there is always one row, even without records.
  if (columns.length === 0) groups.groupOf(groups.baseOf([]), [], undefined);

  return {
    get groupCount() {
      return groups.count;
    },
    add(record) {
      const { groupValues, values, time } = record;
      const base = groups.baseOf(groupValues);
      if (weighed.length > 0) averages.add(base, record);
      if (!record.isInWindow) return;
      const group = groups.groupOf(base, groupValues, time?.clock);
      for (let at = 0; at < totals.length; at += 1) totals[at]?.add(group, values[at] ?? null, record);
    },
    *finish() {
      if (weighed.length > 0) yield* averages.weigh(groups);
      for (const total of totals) {
        total?.finish(groups.count);
        yield;
      }
    },
    *rows() {
      for (const group of groups.inOrder()) {
        const figures = measures.map((_, at) => (totals[at] ?? averages).valueOf(group, at));
        yield [...groups.valuesOf(group), ...figures];
      }
    },
  };
}

function isPlain(column: MeasureColumn): column is MeasureColumn & { readonly measure: PlainMeasure } {
  return column.measure !== "timeavg";
}
