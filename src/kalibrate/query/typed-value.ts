/**
 * The value of a clause as the type of its property reads it: what the type forbids is never sent.
 * @module
 */
import { isoOf } from "../serial-date.ts";
import type { ColumnType } from "../table.ts";
import { numberForm, readDate, type ValueReading } from "./clause-value.ts";
import { type Clause, isComparison } from "./clauses.ts";
import { readBoolean } from "./excel-booleans.ts";
import { readRelative } from "./relative-dates.ts";
import { rightNumber } from "./right-form.ts";
import { withoutExponent } from "../without-exponent.ts";

/**
 * Reads a value that has passed `readValue`.
 * @param type of the property; undefined where nobody knows it: then the value is sent as it is written.
 * @returns the value as it is sent, or what was expected in its place.
 */
export function readTypedValue(
  { operator, value }: Pick<Clause, "operator" | "value">,
  type: ColumnType | undefined,
): ValueReading {
  // “Contains” is a question about text, whatever the type.
  if (operator === "@=" || type === "text") return { value };
  if (type === undefined) return orAsWritten(readDate(value), value);
  if (type === "number") return readNumber(value);
  if (type === "boolean") return readFlag(operator, value);
  return readMoment(value);
}

/** Also where nobody knows the type, a blank within a date-time becomes ISO's T. */
function orAsWritten(reading: ValueReading, written: string): ValueReading {
  return "value" in reading ? reading : { value: written };
}

function readNumber(written: string): ValueReading {
  const plain = plainNumber(written);
  if (plain !== undefined) return { value: plain };
  const right = rightNumber(written);
  return { expected: `a number such as 1.4${right === undefined ? "" : ` (write ${right})`}` };
}

/** The vendor's own form of a number, every digit kept; undefined for what is none. */
function plainNumber(written: string): string | undefined {
  if (!numberForm.test(written)) return undefined;
  const signed = written.replace("−", "-").replace(/^\+/, "");
  if (!Number.isFinite(Number(signed))) return undefined;
  return (withoutExponent(signed) ?? signed).replace(/\.$/, "").replace(/^-?(?=\.)/, "$&0");
}

function readFlag(operator: Clause["operator"], written: string): ValueReading {
  const flag = isComparison(operator) ? undefined : readBoolean(written);
  if (flag !== undefined) return { value: flag };
  return { expected: isComparison(operator) ? "“=” or “!=”, as it is TRUE or FALSE" : "TRUE or FALSE" };
}

/** A plain number is what Excel joins to a text in place of a date: `"(effectiveTime>="&A1&")"`. */
function readMoment(written: string): ValueReading {
  if (looksLikeYear.test(written)) {
    return { expected: `a date such as ${written}-01-01 (the number alone is a day of 1905)` };
  }
  const iso = numberForm.test(written) ? isoOf(Number(written)) : undefined;
  if (iso !== undefined) return { value: iso };
  // The add-in knows the analyst's clock, but not the property's type; the service knows the type.
  if (readRelative(written) !== undefined) {
    return { expected: `a comparison such as “>=” before “${written}”, or a date such as 2026-11-20` };
  }
  return readDate(written);
}

/** As a number these are days of 1905; nobody who writes them means that. */
const looksLikeYear = /^(?:19|20|21)\d\d$/;
