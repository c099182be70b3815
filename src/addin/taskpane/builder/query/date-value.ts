/**
 * Dates in a filter: a calendar date, or relative to the time of calculation.
 * @module
 */

/** How a date is entered. `asWritten` is for values without a control of their own: `today+3`. */
export type DateWay = "daysAgo" | "hoursAgo" | "day" | "moment" | "asWritten";

export const dateWays: readonly DateWay[] = ["daysAgo", "hoursAgo", "day", "moment", "asWritten"];

export interface DateValue {
  readonly way: DateWay;
  /** The text in its input. */
  readonly entered: string;
}

/** The form of each way in a query; the entered value is its group. */
const forms: readonly (readonly [DateWay, RegExp])[] = [
  ["daysAgo", /^today(?:-(\d{1,5}))?$/],
  ["hoursAgo", /^now(?:-(\d{1,5})h)?$/],
  ["day", /^(\d{4}-\d\d-\d\d)$/],
  ["moment", /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::00)?$/],
];

export function readDateValue(value: string): DateValue {
  for (const [way, form] of forms) {
    const match = form.exec(value);
    if (match) return { way, entered: match[1] ?? "0" };
  }
  return { way: "asWritten", entered: value };
}

/** The text in the input, even if it is invalid: nothing that a person types is lost. */
export function enteredAs(way: DateWay, value: string): string {
  const read = readDateValue(value);
  if (read.way === way) return read.entered;
  if (way === "daysAgo") return value.replace(/^today-/, "");
  return way === "hoursAgo" ? value.replace(/^now-(.*)h$/s, "$1") : value;
}

/** The maximum days or hours back that Excel's calendar and a query can express. */
const maxCounted = { daysAgo: 40_000, hoursAgo: 99_999 } as const;

/** Whether the entered number of days or hours is not a whole number or is too large. */
export function isWrongCount(way: DateWay | undefined, value: string): way is keyof typeof maxCounted {
  if (way !== "daysAgo" && way !== "hoursAgo") return false;
  const entered = enteredAs(way, value);
  return !/^\d{1,5}$/.test(entered) || Number(entered) > maxCounted[way];
}

/** The value in the query; "" while nothing is entered. */
export function writeDateValue({ way, entered: text }: DateValue): string {
  const entered = text.trim();
  if (entered === "") return "";
  if (way === "daysAgo") return Number(entered) === 0 ? "today" : `today-${entered}`;
  if (way === "hoursAgo") return Number(entered) === 0 ? "now" : `now-${entered}h`;
  return entered;
}

/** Converts a date to another way of entering it; if that is impossible, uses the new way's default. */
export function changeWay(value: string, way: DateWay, today: string): string {
  if (way === "asWritten") return value;
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? today;
  const beginnings = { daysAgo: "today-7", hoursAgo: "now-12h", day, moment: `${day}T00:00` };
  return beginnings[way];
}
