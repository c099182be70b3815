/**
 * Time spans by which records are grouped. They follow the clock time that the API wrote.
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
  /** The start of the span that contains a clock time; milliseconds as in clock-time.ts. */
  readonly start: (clock: number) => number;
  readonly end: (start: number) => number;
  /** The span's value in a table. */
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

/** The start of the span that contains a clock time. */
export const bucketStart = (bucket: Bucket, clock: number): number => rules[bucket].start(clock);

/** The start of the next span. */
export const bucketEnd = (bucket: Bucket, start: number): number => rules[bucket].end(start);

/** The span's value in a table: a date, a date-time or a number. */
export const bucketValue = (bucket: Bucket, start: number): string | number => rules[bucket].value(start);

function hourOf(clock: number): number {
  return Math.floor(clock / hour) * hour;
}

/** The first day of the span of this many months that contains a time, or of a span this many spans later. */
function monthsFrom(clock: number, months: number, spans: number): number {
  const date = new Date(clock);
  const month = (Math.floor(date.getUTCMonth() / months) + spans) * months;
  // Date.UTC would read the year 99 as 1999.
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), month, 1);
}

function dayText(start: number): string {
  return momentText(start).slice(0, 10);
}
