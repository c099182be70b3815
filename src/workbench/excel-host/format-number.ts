/**
 * Formats numbers as a cell shows them: with a date format as a date, otherwise as Excel's General.
 * @module
 */

const millisecondsPerDay = 86_400_000;
/** 1970-01-01 as an Excel serial number (1900 date system). */
const unixEpoch = 25_569;
/** Excel wrongly counts 1900-02-29 as serial 60, so lower serials are off by one day. */
const leapDayThatWasNot = 60;

const dateToken = /y{4}|yy|m{1,2}|d{1,2}|h{1,2}|s{1,2}|"[^"]*"|\\./gi;

/** @param format Excel's number format code; only date and time formats are applied */
export function formatNumber(value: number, format = "General"): string {
  const isDate = /[ymdhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/g, ""));
  // Cells hold 15 significant digits: 0.1 + 0.2 shows as 0.3.
  if (!isDate) return String(Number(value.toPrecision(15)));
  // Excel has no dates before 1900.
  if (value < 0) return "########";
  return formatDate(value, format);
}

function formatDate(serial: number, format: string): string {
  const showsSeconds = /s/i.test(format);
  const unit = showsSeconds ? 1000 : 60_000;
  const days = serial - unixEpoch + (serial < leapDayThatWasNot ? 1 : 0);
  const showsTime = showsSeconds || /h/i.test(format);
  // A time is stored as a fraction of a day, so 10:30 may be slightly less than it should be.
  const time = showsTime
    ? Math.round((days * millisecondsPerDay) / unit) * unit
    : Math.floor(days) * millisecondsPerDay;
  const date = new Date(time);
  let afterHour = false;
  return format.replace(dateToken, (token) => {
    if (token.startsWith('"')) return token.slice(1, -1);
    if (token.startsWith("\\")) return token.slice(1);
    const letter = token.charAt(0).toLowerCase();
    const minutes = letter === "m" && afterHour;
    afterHour = letter === "h" || (afterHour && letter === "s");
    const number = {
      y: date.getUTCFullYear() % (token.length === 2 ? 100 : 10_000),
      m: minutes ? date.getUTCMinutes() : date.getUTCMonth() + 1,
      d: date.getUTCDate(),
      h: date.getUTCHours(),
      s: date.getUTCSeconds(),
    }[letter as "y" | "m" | "d" | "h" | "s"];
    return String(number).padStart(token.length, "0");
  });
}
