/**
 * Averages weighted by how long each value was in force.
 * @module
 */
import type { TableValue } from "../table.ts";
import { createTuples } from "./combinations.ts";
import { addDecimal, decimalToNumber, type DecimalSum, emptySum } from "./decimal-sum.ts";
import type { Groups } from "./groups.ts";
import { type Event, type Span, spansInForce, type Window } from "./in-force.ts";
import { doubles, groupIndexes, type NumberList, wholeNumbers } from "./number-list.ts";
import { finite, type MeasureColumn, numberIn, type Timed } from "./totals.ts";
import { createValueNumbers } from "./value-numbers.ts";

export interface TimeAverages {
  /**
   * Adds a record, even one from before the window.
   * @param base of its group
   */
  readonly add: (base: number, record: WeighedRecord) => void;
  /** Weighs the values, one series after the other, and adds the groups in which they were in force. */
  readonly weigh: (groups: Groups) => Generator<void>;
  /** @param measure its place among all measures */
  readonly valueOf: (group: number, measure: number) => TableValue;
}

interface WeighedRecord extends Timed {
  /** One per measure of the summary, of any kind. */
  readonly values: readonly TableValue[];
  /** What identifies its series. */
  readonly series: readonly TableValue[];
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

/** Parts of spans between two chances to pause. */
const maxParts = 1000;

/** @param measures with their places among all measures */
export function createTimeAverages(
  measures: readonly { readonly column: MeasureColumn; readonly at: number }[],
  window: Window,
): TimeAverages {
  const series = createTuples(Array.from({ length: 3 }, () => createValueNumbers("text")));
  // Stored as columns, 44 bytes per record with one measure, instead of the records themselves.
  const seriesOf = wholeNumbers();
  const baseOf = wholeNumbers();
  const offsets = wholeNumbers();
  const [clocks, changes, creations] = [doubles(), doubles(), doubles()];
  const averages = measures.map((measure) => ({ ...measure, values: doubles(), totals: [] as GroupTotals }));

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

  /** Adds a part of a span to its group. @returns its end: that of the span, or of the group's time spans. */
  function addPart(span: Span, from: number, totals: GroupTotals, groups: Groups): number {
    const { event, pace, isAmbiguous } = span;
    const end = Math.min(span.end, groups.endAt(from));
    const group = groups.groupAt(baseOf.at(event.index), from);
    const total = (totals[group] ??= { sum: emptySum(), milliseconds: 0, isAmbiguous: false });
    const milliseconds = Math.round((end - from) * pace);
    if (isAmbiguous) total.isAmbiguous = true;
    else addDecimal(total.sum, event.value, milliseconds);
    total.milliseconds += milliseconds;
    return end;
  }

  return {
    add(base, { values, series: name, time, changed, created }) {
      // Checked for records without a time too, although they are never in force.
      for (const average of averages) {
        const number = numberIn(average.column, values[average.at] ?? null) ?? NaN;
        if (time !== undefined) average.values.add(number);
      }
      if (time === undefined) return;
      seriesOf.add(series.numberOf(name));
      baseOf.add(base);
      clocks.add(time.clock);
      offsets.add(time.offset ?? noOffset);
      changes.add(changed);
      creations.add(created);
    },
    *weigh(groups) {
      const { order, starts } = groupIndexes(seriesOf, series.count);
      let parts = 0;
      for (let number = 0; number < series.count; number += 1) {
        const indexes = order.subarray(starts[number], starts[number + 1]);
        for (const { values, totals } of averages) {
          const events = Array.from(indexes, (index) => eventAt(index, values));
          for (const span of spansInForce(events, window)) {
            for (let from = span.start; from < span.end; parts += 1) {
              from = addPart(span, from, totals, groups);
              if (parts % maxParts === 0) yield;
            }
          }
        }
      }
      yield;
    },
    valueOf(group, measure) {
      const total = averages.find(({ at }) => at === measure)?.totals[group];
      if (total === undefined || total.milliseconds === 0) return null;
      return total.isAmbiguous
        ? { error: "KAL_AMBIGUOUS" }
        : finite(decimalToNumber(total.sum, total.milliseconds));
    },
  };
}
