/**
 * Spans of time that records are grouped by, by the clock time that the API wrote.
 * @module
 */
import { dayOf, momentText, weekdayOf } from "../clock-time.ts";
import type { ColumnType } from "../table.ts";

export const bucketNames = [
  "hour",
  "hourofday",
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "weekday",
] as const;
export type Bucket = (typeof bucketNames)[number];

const hour = 3_600_000;
const day = 24 * hour;

interface BucketRule {
  readonly type: ColumnType;
  /** Where the span that holds a clock time begins; milliseconds as in clock-time.ts. */
  readonly start: (clock: number) => number;
  readonly end: (start: number) => number;
  /** What stands for the span in a table. */
  readonly value: (start: number) => string | number;
}

const rules: Readonly<Record<Bucket, BucketRule>> = {
  hour: { type: "datetime", start: hourOf, end: (start) => start + hour, value: momentText },
  hourofday: {
    type: "number",
    start: hourOf,
    end: (start) => start + hour,
    value: (start) => (start - dayOf(start)) / hour,
  },
  day: { type: "date", start: dayOf, end: (start) => start + day, value: dayText },
  week: {
    type: "date",
    start: (clock) => dayOf(clock) - (weekdayOf(clock) - 1) * day,
    end: (start) => start + 7 * day,
    value: dayText,
  },
  month: {
    type: "date",
    start: (clock) => monthsFrom(clock, 1, 0),
    end: (start) => monthsFrom(start, 1, 1),
    value: dayText,
  },
  quarter: {
    type: "date",
    start: (clock) => monthsFrom(clock, 3, 0),
    end: (start) => monthsFrom(start, 3, 1),
    value: dayText,
  },
  year: {
    type: "date",
    start: (clock) => monthsFrom(clock, 12, 0),
    end: (start) => monthsFrom(start, 12, 1),
    value: dayText,
  },
  weekday: { type: "number", start: dayOf, end: (start) => start + day, value: weekdayOf },
};

export const bucketType = (bucket: Bucket): ColumnType => rules[bucket].type;

/** Where the span that holds a clock time begins. */
export const bucketStart = (bucket: Bucket, clock: number): number => rules[bucket].start(clock);

/** Where the next span begins, given where one begins. */
export const bucketEnd = (bucket: Bucket, start: number): number => rules[bucket].end(start);

/** A date, a date-time or a number, as a table holds it. */
export const bucketValue = (bucket: Bucket, start: number): string | number => rules[bucket].value(start);

function hourOf(clock: number): number {
  return Math.floor(clock / hour) * hour;
}

/** The first day of a span of so many months, or of one so many spans later. */
function monthsFrom(clock: number, months: number, spans: number): number {
  const date = new Date(clock);
  const month = (Math.floor(date.getUTCMonth() / months) + spans) * months;
  // Date.UTC would take the year 99 for 1999.
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), month, 1);
}

function dayText(start: number): string {
  return momentText(start).slice(0, 10);
}
