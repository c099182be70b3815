/**
 * Dates in a filter: by the calendar, or counted back from whenever the formula calculates.
 * @module
 */

/** How a date is entered. `asWritten` is for what has no control of its own: `today+3`. */
export type DateWay = "daysAgo" | "hoursAgo" | "day" | "moment" | "asWritten";

export const dateWays: readonly DateWay[] = ["daysAgo", "hoursAgo", "day", "moment", "asWritten"];

export interface DateValue {
  readonly way: DateWay;
  /** What stands in its input. */
  readonly entered: string;
}

/** Each way's form in a query, with what is entered as its group. */
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

/** What stands in the input of a way, whether it can be read or not: nothing that is typed is lost. */
export function enteredAs(way: DateWay, value: string): string {
  const read = readDateValue(value);
  if (read.way === way) return read.entered;
  if (way === "daysAgo") return value.replace(/^today-/, "");
  return way === "hoursAgo" ? value.replace(/^now-(.*)h$/s, "$1") : value;
}

/** No days or hours back beyond what Excel's calendar and a query know. */
const maxCounted = { daysAgo: 40_000, hoursAgo: 99_999 } as const;

/** Whether what was entered to count back by is no whole number, or too large a one. */
export function isWrongCount(way: DateWay | undefined, value: string): way is keyof typeof maxCounted {
  if (way !== "daysAgo" && way !== "hoursAgo") return false;
  const entered = enteredAs(way, value);
  return !/^\d{1,5}$/.test(entered) || Number(entered) > maxCounted[way];
}

/** The value of a query; "" while nothing is entered. */
export function writeDateValue({ way, entered: text }: DateValue): string {
  const entered = text.trim();
  if (entered === "") return "";
  if (way === "daysAgo") return Number(entered) === 0 ? "today" : `today-${entered}`;
  if (way === "hoursAgo") return Number(entered) === 0 ? "now" : `now-${entered}h`;
  return entered;
}

/** The same date entered another way, as far as it can be; otherwise what that way begins with. */
export function changeWay(value: string, way: DateWay, today: string): string {
  if (way === "asWritten") return value;
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? today;
  const beginnings = { daysAgo: "today-7", hoursAgo: "now-12h", day, moment: `${day}T00:00` };
  return beginnings[way];
}
