/**
 * Checks a clause's value against the property's type; a value that the type forbids is never sent.
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
 * Reads a value that `readValue` accepted.
 * @param type of the property; undefined if unknown: the value is then sent as written.
 * @returns the value to send, or a description of what was expected instead.
 */
export function readTypedValue(
  { operator, value }: Pick<Clause, "operator" | "value">,
  type: ColumnType | undefined,
): ValueReading {
  // “Contains” compares text, whatever the type.
  if (operator === "@=" || type === "text") return { value };
  if (type === undefined) return orAsWritten(readDate(value), value);
  if (type === "number") return readNumber(value);
  if (type === "boolean") return readFlag(operator, value);
  return readMoment(value);
}

/** Even if the type is unknown, a blank inside a date-time becomes ISO's T. */
function orAsWritten(reading: ValueReading, written: string): ValueReading {
  return "value" in reading ? reading : { value: written };
}

function readNumber(written: string): ValueReading {
  const plain = plainNumber(written);
  if (plain !== undefined) return { value: plain };
  const right = rightNumber(written);
  return { expected: `a number such as 1.4${right === undefined ? "" : ` (write ${right})`}` };
}

/** The number in the vendor's form, with every digit; undefined if the text is not a number. */
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

/** Accepts serial numbers too: joining a date cell to a text gives a number: `"(effectiveTime>="&A1&")"`. */
function readMoment(written: string): ValueReading {
  if (looksLikeYear.test(written)) {
    return { expected: `a date such as ${written}-01-01 (the number alone is a day of 1905)` };
  }
  const iso = numberForm.test(written) ? isoOf(Number(written)) : undefined;
  if (iso !== undefined) return { value: iso };
  // The add-in resolves relative dates, but does not know property types. One that arrives here uses `=` or `!=` on a
  // date property whose name the add-in did not recognise.
  if (readRelative(written) !== undefined) {
    return { expected: `a comparison such as “>=” before “${written}”, or a date such as 2026-11-20` };
  }
  return readDate(written);
}

/** As serial numbers these are days of 1905, which nobody means. */
const looksLikeYear = /^(?:19|20|21)\d\d$/;
