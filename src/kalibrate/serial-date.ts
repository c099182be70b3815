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

const isoForm = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * The serial of an ISO date or date-time, its offset ignored on purpose.
 * @returns undefined for text that is no ISO date, and for dates that Excel does not know.
 */
export function serialOf(iso: string): number | undefined {
  const match = isoForm.exec(iso);
  if (!match) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year as number, (month as number) - 1, day);
  // 2026-02-30 would silently become the second of March, and the year 1 (an empty .NET date) 1901.
  if (new Date(midnight).toISOString().slice(0, 10) !== iso.slice(0, 10)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Number(`0.${match[7] ?? "0"}`);
  const serial =
    (midnight - dayZero) / millisecondsPerDay + (hour * 3600 + minute * 60 + second + fraction) / 86_400;
  return serial >= firstSerial && serial < lastSerial + 1 ? serial : undefined;
}

/**
 * The ISO text of a serial: `yyyy-mm-dd`, with `Thh:mm:ss` only for a fraction of a day.
 * @returns undefined outside Excel's days.
 */
export function isoOf(serial: number): string | undefined {
  if (!(serial >= firstSerial && serial < lastSerial + 1)) return undefined;
  // Whole seconds: a serial's binary fraction is off by some microseconds.
  const seconds = Math.min(Math.round(serial * 86_400), (lastSerial + 1) * 86_400 - 1);
  const moment = new Date(dayZero + seconds * 1000).toISOString();
  return moment.endsWith("T00:00:00.000Z") ? moment.slice(0, 10) : moment.slice(0, 19);
}
