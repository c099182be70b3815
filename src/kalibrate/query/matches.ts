/**
 * Whether a document passes a filter that the Data API's form cannot carry: parentheses in a value, blanks in a name.
 *
 * Text compares trimmed and without letter case, numbers as numbers, dates by clock time.
 * @module
 */
import { comparableText } from "../comparable-text.ts";
import { type Document, memberOf } from "../documents/document.ts";
import { pathOf } from "../names.ts";
import { serialOf } from "../serial-date.ts";
import { type Clause, isComparison } from "./clauses.ts";

/** Makes the test of a clause. An absent value passes no filter but `!=`; of a list, one item is enough. */
export function matcher({ property, operator, value }: Clause): (document: Document) => boolean {
  const path = pathOf(property);
  const passes = test(operator, value);
  return (document) => {
    const found =
      path.reduce<unknown>(memberOf, document.data) ?? path.reduce<unknown>(memberOf, document.id);
    if (operator === "!=") return !items(found).some((item) => equals(item, value));
    return items(found).some(passes);
  };
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
  // Codes are text: 007 is not 7.
  if (typeof actual === "number") return compare(actual, value) === 0;
  return comparable(actual) === comparable(value) || daysApart(actual, value) === 0;
}

function comparable(value: Plain): string {
  return comparableText(String(value));
}

/** NaN where the two are neither numbers nor dates. */
function compare(actual: Plain, value: string): number {
  const [number, other] = [numberOf(actual), numberOf(value)];
  if (number !== undefined && other !== undefined) return number - other;
  return daysApart(actual, value);
}

function daysApart(actual: Plain, value: string): number {
  const [serial, other] = [serialOf(String(actual)), serialOf(value)];
  return serial === undefined || other === undefined ? NaN : serial - other;
}

function numberOf(value: Plain): number | undefined {
  if (typeof value === "number") return value;
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(String(value)) ? Number(value) : undefined;
}
