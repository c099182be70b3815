/**
 * Dates relative to the analyst's clock: `today`, `today-7`, `now-12h`.
 *
 * The add-in replaces them by plain dates before it computes the request's key. So a workbook that stays open overnight
 * requests the new day, and the service's time zone does not matter.
 * @module
 */
import type { Clause, Query } from "./clauses.ts";
import { isComparison } from "./clauses.ts";
import { isDateProperty } from "./date-properties.ts";
import { mapValues, valuesOf } from "./value-list.ts";

/** `today` moves by days, `now` by hours, minutes or days. Five digits are enough for any price history. */
const form = /^(?:(today)(?:\s*([+-])\s*(\d{1,5})\s*d?)?|(now)(?:\s*([+-])\s*(\d{1,5})\s*([dhm]))?)$/i;

/** Examples of relative dates, for messages. */
export const relativeExamples = "today, today-7, now-12h";

/** A relative date in its plain spelling (`today-7`); undefined if the text is not one. */
export function readRelative(text: string): string | undefined {
  return form.test(text) ? text.toLowerCase().replace(/\s+/g, "") : undefined;
}

/** Whether a clause's value is a relative date. The text “today” is one only if the clause expects a date. */
export function isRelative(clause: Clause): boolean {
  const { property, operator } = clause;
  const expectsDate = isComparison(operator) || isDateProperty(property);
  return expectsDate && valuesOf(clause).some((value) => form.test(value));
}

/**
 * Replaces relative dates by plain ones in the local time zone: `today` by `yyyy-mm-dd`, `now` by
 * `yyyy-mm-ddThh:mm:00`. Whole minutes, so that the cells of one calculation send equal requests.
 */
export function resolveRelativeDates(query: Query, now: Date): Query {
  return query.some(isRelative)
    ? query.map((clause) =>
        isRelative(clause) ? mapValues(clause, (value) => resolveRelativeDate(value, now)) : clause,
      )
    : query;
}

const millisecondsPer = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** The plain date of a relative one; any other value unchanged. */
export function resolveRelativeDate(value: string, now: Date): string {
  if (!form.test(value)) return value;
  const [, today, daySign, days, , sign, count, unit] = form.exec(value) ?? [];
  if (today !== undefined) {
    const away = Number(`${daySign ?? "+"}${days ?? 0}`);
    return dayText(new Date(now.getFullYear(), now.getMonth(), now.getDate() + away));
  }
  const step = millisecondsPer[(unit?.toLowerCase() ?? "m") as keyof typeof millisecondsPer];
  const moment = new Date(now.getTime() + Number(`${sign ?? "+"}${count ?? 0}`) * step);
  return `${dayText(moment)}T${padded(moment.getHours())}:${padded(moment.getMinutes())}:00`;
}

function dayText(day: Date): string {
  return `${padded(day.getFullYear(), 4)}-${padded(day.getMonth() + 1)}-${padded(day.getDate())}`;
}

function padded(number: number, digits = 2): string {
  return String(number).padStart(digits, "0");
}
