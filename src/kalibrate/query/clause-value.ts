/**
 * Checks a clause's value without knowing the property's type. The Excel functions check only this much, because they
 * do not load the catalogue. The gateway also checks the type (`typed-value.ts`).
 * @module
 */
import { controlWords, isComparison, type Operator } from "./clauses.ts";
import { isDateProperty } from "./date-properties.ts";
import { readRelative, relativeExamples } from "./relative-dates.ts";
import { isInexactText } from "../inexact-number.ts";
import { readIsoDate } from "../serial-date.ts";
import { rightDate, rightNumber } from "./right-form.ts";

/** A valid value, or a description of what was expected instead. */
export type ValueReading = { readonly value: string } | { readonly expected: string };

/** Checks the value of a clause. If the property is a control word, it must already have the vendor's spelling. */
export function readValue(property: string, operator: Operator, written: string): ValueReading {
  if ((controlWords as readonly string[]).includes(property)) return readControl(property, written);
  if (!isComparison(operator) && isInexactText(written)) return { expected: allDigits };
  if (operator === "@=") return { value: written };
  const relative = readRelative(written);
  if (relative !== undefined && (isComparison(operator) || isDateProperty(property)))
    return { value: relative };
  // The query language compares only numbers and dates.
  if (!isComparison(operator) || numberForm.test(written) || isDate(written)) return { value: written };
  if (dateForm.test(written)) return { expected: noSuchDate };
  if (isDateProperty(property)) return readDate(written);
  return { expected: withRightForm("a number such as 1.4 or a date such as 2026-11-20", written) };
}

/** Checks the value of a control clause. The parser itself reads the property of `orderBy`. */
function readControl(property: string, written: string): ValueReading {
  if (property === "orderBy") return { expected: "the name of a property" };
  if (property === "direction") {
    const word = directions.get(written.toLowerCase());
    return word === undefined ? { expected: "“ascending” or “descending”" } : { value: word };
  }
  return /^\d{1,9}$/.test(written)
    ? { value: written }
    : { expected: `a whole number from 0 for “${property}”` };
}

/** Expected where a number may have lost digits. With `<` and `>` that does not matter. */
const allDigits =
  "all digits of the code (Excel keeps 15 digits of a number: format its cell as text and type it again)";

const directions: ReadonlyMap<string, string> = new Map([
  ["ascending", "ascending"],
  ["asc", "ascending"],
  ["descending", "descending"],
  ["desc", "descending"],
]);

/** Numbers as Excel joins them to a text: small and large ones with an exponent, the minus sign as typed or pasted. */
export const numberForm = /^[+−-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{1,3})?$/i;

/** Looks like an ISO date; the day may still not exist. */
const dateForm = /^\d{4}-\d\d-\d\d/;
const noSuchDate = "a date that exists, such as 2026-11-20 or 2026-11-20T16:00";

/** Converts a date to the Data API's form. */
export function readDate(written: string): ValueReading {
  if (readIsoDate(written)) return { value: isoSpelling(written) };
  if (dateForm.test(written)) return { expected: noSuchDate };
  const right = rightDate(written);
  return { expected: right === undefined ? dateExpected : `${dateExpected} (write ${right})` };
}

/**
 * Puts what `readIsoDate` accepts into standard ISO form: a T before the time, a decimal point, an offset with minutes.
 */
function isoSpelling(written: string): string {
  const [, day, gap = "", clock = "", zone = ""] =
    /^(\S{10})(T| +)(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) *(.*)$/i.exec(written) ?? [];
  if (day === undefined) return written;
  const seconds = gap.trim() === "" && clock.length === 5 ? ":00" : "";
  const offset = zone.replace("−", "-").replace(/^[+-]\d\d$/, "$&:00");
  return `${day}T${clock.replace(",", ".")}${seconds}${offset}`;
}

const isDate = (written: string) => "value" in readDate(written);

const dateExpected = `a date such as 2026-11-20, or ${relativeExamples}`;

/** Adds the correct form if the intended value is clear: `… (write 1.45)`. */
function withRightForm(expected: string, written: string): string {
  const right = rightDate(written) ?? rightNumber(written);
  return right === undefined ? expected : `${expected} (write ${right})`;
}
