/**
 * Averages weighted by how long each value was in force.
 * @module
 */
import type { TableValue } from "../table.ts";
import { bucketEnd, bucketStart, bucketValue } from "./buckets.ts";
import { addDecimal, decimalToNumber, type DecimalSum, emptySum } from "./decimal-sum.ts";
import { createGroups, type GroupColumn, type Groups } from "./groups.ts";
import { type Event, type Span, spansInForce, type Window } from "./in-force.ts";
import { doubles, groupIndexes, type NumberList, wholeNumbers } from "./number-list.ts";
import { finite, type MeasureColumn, numberIn, type Timed } from "./totals.ts";

export interface TimeAverages {
  /**
   * Adds a record, even one from before the window.
   * @param groupValues the values to group by; null for time spans of the record's own time
   * @param values one per measure
   */
  readonly add: (
    series: string,
    groupValues: readonly TableValue[],
    values: readonly TableValue[],
    timed: Timed,
  ) => void;
  /** Weighs the values, one series after the other, and adds the groups in which they were in force. */
  readonly weigh: (groups: Groups) => Generator<void>;
  readonly valueOf: (measure: number, group: number) => TableValue;
}

interface Weighted {
  readonly sum: DecimalSum;
  milliseconds: number;
  isAmbiguous: boolean;
}

/** By the group's number. */
type GroupTotals = (Weighted | undefined)[];

/** Represents a missing offset. No zone is this far from UTC. */
const noOffset = 10_000;

/**
 * @param columns the groups
 * @param isOfTime whether a group is a time span of the records' own time; values are cut at its edges
 */
export function createTimeAverages(
  columns: readonly GroupColumn[],
  isOfTime: readonly boolean[],
  measures: readonly MeasureColumn[],
  window: Window,
): TimeAverages {
  const series = new Map<string, number>();
  const bases = createGroups(columns);
  // Stored as columns, 44 bytes per record with one measure, instead of the records themselves.
  const seriesOf = wholeNumbers();
  const baseOf = wholeNumbers();
  const offsets = wholeNumbers();
  const [clocks, changes, creations] = [doubles(), doubles(), doubles()];
  const averages = measures.map((measure) => ({ measure, values: doubles(), totals: [] as GroupTotals }));
  const buckets = columns.flatMap(({ bucket }, at) =>
    bucket !== undefined && isOfTime[at] ? [{ bucket, at }] : [],
  );

  function eventAt(index: number, values: NumberList): Event {
    const offset = offsets.at(index);
    return {
      index,
      clock: clocks.at(index),
      offset: offset === noOffset ? undefined : offset,
      changed: changes.at(index),
      created: creations.at(index),
      value: values.at(index),
    };
  }

  /** Adds a span to the groups that it belongs to, cut at the edges of their time spans. */
  function* addSpan(span: Span, totals: GroupTotals, groups: Groups): Generator<void> {
    const base = bases.valuesOf(baseOf.at(span.event.index));
    for (let from = span.start; from < span.end;) {
      const begun = buckets.map(({ bucket, at }) => ({ bucket, at, start: bucketStart(bucket, from) }));
      const to = Math.min(span.end, ...begun.map(({ bucket, start }) => bucketEnd(bucket, start)));
      const values = base.slice();
      for (const { bucket, at, start } of begun) values[at] = bucketValue(bucket, start);
      const group = groups.numberOf(values);
      const total = (totals[group] ??= { sum: emptySum(), milliseconds: 0, isAmbiguous: false });
      const milliseconds = Math.round((to - from) * span.pace);
      if (span.isAmbiguous) total.isAmbiguous = true;
      else addDecimal(total.sum, span.event.value, milliseconds);
      total.milliseconds += milliseconds;
      from = to;
      yield;
    }
  }

  return {
    add(name, groupValues, values, { time, changed, created }) {
      // Checked for records without a time too, although they are never in force.
      const numbers = averages.map(({ measure }, at) => numberIn(measure, values[at] ?? null) ?? NaN);
      if (time === undefined) return;
      let number = series.get(name);
      if (number === undefined) series.set(name, (number = series.size));
      seriesOf.add(number);
      baseOf.add(bases.numberOf(groupValues));
      clocks.add(time.clock);
      offsets.add(time.offset ?? noOffset);
      changes.add(changed);
      creations.add(created);
      for (const [at, average] of averages.entries()) average.values.add(numbers[at] ?? NaN);
    },
    *weigh(groups) {
      const { order, starts } = groupIndexes(seriesOf, series.size);
      for (let number = 0; number < series.size; number += 1) {
        const indexes = [...order.subarray(starts[number], starts[number + 1])];
        for (const { values, totals } of averages) {
          const events = indexes.map((index) => eventAt(index, values));
          for (const span of spansInForce(events, window)) yield* addSpan(span, totals, groups);
        }
        yield;
      }
    },
    valueOf(measure, group) {
      const total = averages[measure]?.totals[group];
      if (total === undefined || total.milliseconds === 0) return null;
      return total.isAmbiguous
        ? { error: "KAL_AMBIGUOUS" }
        : finite(decimalToNumber(total.sum, total.milliseconds));
    },
  };
}
