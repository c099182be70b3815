/**
 * Dates by the analyst's clock: `today`, `today-7`, `now-12h`.
 *
 * They are made into plain dates where the analyst sits, before the request gets its key: a workbook that stays open
 * overnight asks for the new day, and a service in another time zone has no say.
 * @module
 */
import type { Clause, Query } from "./clauses.ts";
import { isComparison } from "./clauses.ts";
import { isDateProperty } from "./date-properties.ts";

/** `today` moves by days, `now` by hours, minutes or days. Five digits reach back beyond any price. */
const form = /^(?:(today)(?:\s*([+-])\s*(\d{1,5})\s*d?)?|(now)(?:\s*([+-])\s*(\d{1,5})\s*([dhm]))?)$/i;

/** How relative dates are written, for messages. */
export const relativeExamples = "today, today-7, now-12h";

/** A relative date in its plain spelling (`today-7`); undefined where the text is none. */
export function readRelative(text: string): string | undefined {
  return form.test(text) ? text.toLowerCase().replace(/\s+/g, "") : undefined;
}

/** Whether a clause's value is a date by the analyst's clock; the text “today” is one where a date belongs. */
export function isRelative({ property, operator, value }: Clause): boolean {
  return form.test(value) && (isComparison(operator) || isDateProperty(property));
}

/**
 * The same query with plain dates in place of relative ones: `yyyy-mm-dd` for `today`, `yyyy-mm-ddThh:mm:00` for
 * `now`, by the clock of the machine that it runs on. Whole minutes, so that the cells of one calculation ask for
 * the same.
 */
export function resolveRelativeDates(query: Query, now: Date): Query {
  return query.some(isRelative)
    ? query.map((clause) => (isRelative(clause) ? { ...clause, value: dateOf(clause.value, now) } : clause))
    : query;
}

const millisecondsPer = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

function dateOf(value: string, now: Date): string {
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
