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

/** The value of a query; "" while nothing is entered. */
export function writeDateValue({ way, entered }: DateValue): string {
  if (entered.trim() === "") return "";
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
