/**
 * Converts between ISO date text and Excel's serial numbers. Time zones are ignored: a cell shows the clock time that
 * the API wrote.
 *
 * Serials count days from 1899-12-30. Excel treats 1900 as a leap year, so its serials before 1900-03-01 are off by
 * one; earlier dates stay text.
 * @module
 */
const millisecondsPerDay = 86_400_000;
const dayZero = Date.UTC(1899, 11, 30);
/** 1900-03-01, the first day on which Excel's serial and the calendar agree. */
const firstSerial = 61;
/** 9999-12-31, Excel's last day. */
const lastSerial = 2_958_465;

/**
 * ISO 8601 as servers write it: a date alone or with hours and minutes; a T or blanks before the time; any number of
 * decimals after a point or a comma; an offset with or without minutes. PostgreSQL and SQL Server also write a blank
 * before the offset.
 */
const isoForm =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:T| +)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: *(Z|[+\-−]\d\d(?::?\d\d)?))?)?$/i;

export interface IsoDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Milliseconds since the start of the day, without fractions; undefined for a date alone. */
  readonly clock: number | undefined;
  /** Minutes ahead of UTC; undefined if no zone is given. */
  readonly offset: number | undefined;
}

/**
 * Reads an ISO date or date-time of any year. 24:00 is the end of its day.
 * @returns undefined for text in another form, and for days and times that do not exist.
 */
export function readIsoDate(text: string): IsoDate | undefined {
  return readUsual(text) ?? readAny(text);
}

/**
 * Reads `2026-11-20T08:00:00`, also with Z: a million of them take a fifth of the time of the pattern.
 * @returns undefined for everything else, and for days and times that do not exist.
 */
function readUsual(text: string): IsoDate | undefined {
  const { length } = text;
  const isUtc = length === 20 && text.endsWith("Z");
  if (!isUtc && length !== 19) return undefined;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":")
    return undefined;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const isTime = hour < 24 && minute < 60 && second < 60;
  if (!isTime || !(year >= 0) || !isDay(year, month, day)) return undefined;
  const clock = ((hour * 60 + minute) * 60 + second) * 1000;
  return { year, month, day, clock, offset: isUtc ? 0 : undefined };
}

/** NaN unless both characters are digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}

function readAny(text: string): IsoDate | undefined {
  const match = isoForm.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as Six;
  if (!isDay(year, month, day)) return undefined;
  if (match[4] === undefined) return { year, month, day, clock: undefined, offset: undefined };
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  if (minute > 59 || second > 59 || clock > millisecondsPerDay) return undefined;
  return { year, month, day, clock, offset: offsetOf(match[8]) };
}

type Six = [number, number, number, number, number, number];

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const [, sign, hours = 0, minutes = 0] = /^([+\-−])(\d\d):?(\d\d)?$/.exec(written) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === "+" || offset === 0 ? offset : -offset;
}

/**
 * The serial of an ISO date or date-time. The offset is ignored on purpose. Times are truncated to milliseconds, never
 * rounded, so that the last moment of a day stays in that day.
 * @returns undefined for text that is not an ISO date and for dates that Excel does not have.
 */
export function serialOf(iso: string): number | undefined {
  const date = readIsoDate(iso);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  if (!date || date.year < 1900) return undefined;
  const midnight = (Date.UTC(date.year, date.month - 1, date.day) - dayZero) / millisecondsPerDay;
  const serial = midnight + (date.clock ?? 0) / millisecondsPerDay;
  return serial >= firstSerial && serial < lastSerial + 1 ? serial : undefined;
}

/**
 * The ISO text of a serial: `yyyy-mm-dd`, with `Thh:mm:ss` if it has a fraction of a day. Fractions of a second are
 * truncated, never rounded into the next second or day.
 * @returns undefined outside Excel's range of dates.
 */
export function isoOf(serial: number): string | undefined {
  if (!(serial >= firstSerial && serial < lastSerial + 1)) return undefined;
  // Round to milliseconds first: computed serials (A1+1/24) are off by some microseconds.
  const milliseconds = Math.min(Math.round(serial * millisecondsPerDay), lastMillisecond);
  const moment = new Date(dayZero + milliseconds).toISOString().slice(0, 19);
  return moment.endsWith("T00:00:00") ? moment.slice(0, 10) : moment;
}

const lastMillisecond = (lastSerial + 1) * millisecondsPerDay - 1;
