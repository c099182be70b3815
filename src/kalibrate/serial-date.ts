/**
 * ISO date text and Excel's serial numbers, both ways, without ever looking at a time zone: a cell shows the clock
 * time as the API wrote it.
 *
 * Serials count days from 1899-12-30. Excel takes 1900 for a leap year, so days before 1900-03-01 are off by one
 * in that count; dates before that stay text.
 * @module
 */
const millisecondsPerDay = 86_400_000;
const dayZero = Date.UTC(1899, 11, 30);
/** 1900-03-01, the first day on which Excel's count and the calendar agree. */
const firstSerial = 61;
/** 9999-12-31, Excel's last day. */
const lastSerial = 2_958_465;

/**
 * ISO 8601 as servers write it: a date alone or with hours and minutes, a T or blanks before the time, any number of
 * decimals after a point or a comma, an offset with or without minutes, as PostgreSQL and SQL Server write it also
 * behind a blank.
 */
const isoForm =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:T| +)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: *(Z|[+\-−]\d\d(?::?\d\d)?))?)?$/i;

export interface IsoDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Milliseconds since the midnight at which the day begins, further decimals cut off; undefined for a date alone. */
  readonly clock: number | undefined;
  /** Minutes ahead of UTC; undefined where no zone is written. */
  readonly offset: number | undefined;
}

/**
 * Reads an ISO date or date-time of any year. 24:00 is the end of its day.
 * @returns undefined for text in another form, and for days and times that do not exist.
 */
export function readIsoDate(text: string): IsoDate | undefined {
  const match = isoForm.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as Six;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (match[4] === undefined) return { year, month, day, clock: undefined, offset: undefined };
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  if (minute > 59 || second > 59 || clock > millisecondsPerDay) return undefined;
  return { year, month, day, clock, offset: offsetOf(match[8]) };
}

type Six = [number, number, number, number, number, number];

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function offsetOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const [, sign, hours = 0, minutes = 0] = /^([+\-−])(\d\d):?(\d\d)?$/.exec(written) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === "+" || offset === 0 ? offset : -offset;
}

/**
 * The serial of an ISO date or date-time, its offset ignored on purpose. Times are cut to milliseconds, never rounded:
 * the last tick of a day stays in it.
 * @returns undefined for text that is no ISO date, and for dates that Excel does not know.
 */
export function serialOf(iso: string): number | undefined {
  const date = readIsoDate(iso);
  // Date.UTC would take the years up to 99 for those of the 20th century.
  if (!date || date.year < 1900) return undefined;
  const midnight = (Date.UTC(date.year, date.month - 1, date.day) - dayZero) / millisecondsPerDay;
  const serial = midnight + (date.clock ?? 0) / millisecondsPerDay;
  return serial >= firstSerial && serial < lastSerial + 1 ? serial : undefined;
}

/**
 * The ISO text of a serial: `yyyy-mm-dd`, with `Thh:mm:ss` only for a fraction of a day. Parts of a second are cut off,
 * never rounded into the next second or day.
 * @returns undefined outside Excel's days.
 */
export function isoOf(serial: number): string | undefined {
  if (!(serial >= firstSerial && serial < lastSerial + 1)) return undefined;
  // To the millisecond first: what a formula has worked out (A1+1/24) is off by some microseconds.
  const milliseconds = Math.min(Math.round(serial * millisecondsPerDay), lastMillisecond);
  const moment = new Date(dayZero + milliseconds).toISOString().slice(0, 19);
  return moment.endsWith("T00:00:00") ? moment.slice(0, 10) : moment;
}

const lastMillisecond = (lastSerial + 1) * millisecondsPerDay - 1;
