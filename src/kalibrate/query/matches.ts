/**
 * Applies filters to documents, for clauses that the Data API's form cannot express: lists, parentheses in a value,
 * blanks in a name.
 *
 * Texts are compared trimmed and without letter case, numbers as numbers, dates by clock time (ignoring the zone).
 * @module
 */
import { readClockTime } from "../clock-time.ts";
import { comparableText } from "../comparable-text.ts";
import { type DataDocument, memberOf } from "../documents/document.ts";
import { exactNumber } from "../exact-number.ts";
import { pathOf } from "../names.ts";
import { type Clause, isComparison } from "./clauses.ts";
import { valuesOf } from "./value-list.ts";

/**
 * Returns a function that tests a document against a clause. An absent value passes only `!=` and `not in`. Where the
 * property holds a list, one item must pass; for `!=` and `not in`, no item may equal a value.
 */
export function matcher(clause: Clause): (document: DataDocument) => boolean {
  const path = pathOf(clause.property);
  const passes = valueMatcher(clause);
  return (document) =>
    passes(path.reduce<unknown>(memberOf, document.data) ?? path.reduce<unknown>(memberOf, document.id));
}

/** Like `matcher`, but tests the value that a document has for the clause's property. */
export function valueMatcher(clause: Clause): (found: unknown) => boolean {
  const { operator, value } = clause;
  if (operator === "!=" || operator === "not in") {
    const isOneOf = equality(valuesOf(clause));
    return (found) => !items(found).some(isOneOf);
  }
  const passes = operator === "in" ? equality(valuesOf(clause)) : test(operator, value);
  return (found) => items(found).some(passes);
}

/** Whether a value equals one of the values. Its time does not depend on their number. */
function equality(values: readonly string[]): (actual: unknown) => boolean {
  if (values.length === 1) return (actual) => equals(actual, values[0] ?? "");
  const texts = new Set(values.map(comparable));
  const numbers = new Set(values.map((value) => String(exactNumber(value))));
  const times = new Set(values.map(clockOf));
  return (actual) => {
    if (!isPlain(actual)) return false;
    if (typeof actual === "number" && numbers.has(String(actual))) return true;
    if (typeof actual !== "number" && texts.has(comparable(actual))) return true;
    const time = clockOf(String(actual));
    return time !== undefined && times.has(time);
  };
}

/**
 * Keys by which equal values are found: two values that are equal have one in common. Values that have one in common
 * may still differ.
 */
export function equalityKeys(value: unknown): readonly string[] {
  return items(value)
    .filter(isPlain)
    .flatMap((item) => {
      const number = exactNumber(item);
      const time = clockOf(String(item));
      return [
        `text ${comparable(item)}`,
        ...(number === undefined ? [] : [`number ${Number(number)}`]),
        ...(time === undefined ? [] : [`time ${time}`]),
      ];
    });
}

function items(found: unknown): readonly unknown[] {
  return Array.isArray(found) ? (found as readonly unknown[]) : [found];
}

function test(operator: Clause["operator"], value: string): (actual: unknown) => boolean {
  if (operator === "@=") {
    const part = comparable(value);
    return (actual) => isPlain(actual) && comparable(actual).includes(part);
  }
  if (!isComparison(operator)) return (actual) => equals(actual, value);
  return (actual) => {
    const difference = isPlain(actual) ? compare(actual, value) : NaN;
    if (difference === 0) return operator.endsWith("=");
    return operator.startsWith(">") ? difference > 0 : difference < 0;
  };
}

type Plain = string | number | boolean;

function isPlain(value: unknown): value is Plain {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function equals(actual: unknown, value: string): boolean {
  if (!isPlain(actual)) return false;
  // Codes are text: 007 does not equal 7.
  if (typeof actual === "number") return compare(actual, value) === 0;
  return comparable(actual) === comparable(value) || timeApart(actual, value) === 0;
}

function comparable(value: Plain): string {
  return comparableText(String(value));
}

/** Negative if the first is less, positive if it is greater; NaN if they are neither numbers nor dates. */
function compare(actual: Plain, value: string): number {
  const [number, other] = [exactNumber(actual), exactNumber(value)];
  if (number !== undefined && other !== undefined) return number < other ? -1 : number > other ? 1 : 0;
  return timeApart(actual, value);
}

/** Difference in milliseconds of the clock times, ignoring zones. */
function timeApart(actual: Plain, value: string): number {
  const [time, other] = [clockOf(String(actual)), clockOf(value)];
  return time === undefined || other === undefined ? NaN : time - other;
}

function clockOf(text: string): number | undefined {
  return readClockTime(text)?.clock;
}
