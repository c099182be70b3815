/**
 * What the value of a clause may look like, whatever its property holds: the functions in Excel check no more, since
 * they do not load the catalogue. What the property's type allows is read in the gateway (`typed-value.ts`).
 * @module
 */
import { controlWords, isComparison, type Operator } from "./clauses.ts";
import { isDateProperty } from "./date-properties.ts";
import { readRelative, relativeExamples } from "./relative-dates.ts";
import { isInexactText } from "../inexact-number.ts";
import { readIsoDate } from "../serial-date.ts";
import { rightDate, rightNumber } from "./right-form.ts";

/** A value, or what was expected in its place. */
export type ValueReading = { readonly value: string } | { readonly expected: string };

/** Checks the value of a clause whose property already has the vendor's spelling where it is a control word. */
export function readValue(property: string, operator: Operator, written: string): ValueReading {
  if ((controlWords as readonly string[]).includes(property)) return readControl(property, written);
  if (!isComparison(operator) && isInexactText(written)) return { expected: allDigits };
  if (operator === "@=") return { value: written };
  const relative = readRelative(written);
  if (relative !== undefined && (isComparison(operator) || isDateProperty(property)))
    return { value: relative };
  // The language compares numbers and dates only.
  if (!isComparison(operator) || numberForm.test(written) || isDate(written)) return { value: written };
  if (dateForm.test(written)) return { expected: noSuchDate };
  if (isDateProperty(property)) return readDate(written);
  return { expected: withRightForm("a number such as 1.4 or a date such as 2026-11-20", written) };
}

/** Control clauses say how to answer: only values that mean something. A property to order by is read by the parser. */
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

/** A number is compared by more and less all the same. */
const allDigits =
  "all digits of the code (Excel keeps 15 digits of a number: format its cell as text and type it again)";

const directions: ReadonlyMap<string, string> = new Map([
  ["ascending", "ascending"],
  ["asc", "ascending"],
  ["descending", "descending"],
  ["desc", "descending"],
]);

/** As Excel joins a number to a text: small and large ones with an exponent, a minus sign as typed or pasted. */
export const numberForm = /^[+−-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{1,3})?$/i;

/** A text that means to be an ISO date; whether that day exists is another question. */
const dateForm = /^\d{4}-\d\d-\d\d/;
const noSuchDate = "a date that exists, such as 2026-11-20 or 2026-11-20T16:00";

/** A date as the Data API takes it. */
export function readDate(written: string): ValueReading {
  if (readIsoDate(written)) return { value: isoSpelling(written) };
  if (dateForm.test(written)) return { expected: noSuchDate };
  const right = rightDate(written);
  return { expected: right === undefined ? dateExpected : `${dateExpected} (write ${right})` };
}

/** ISO’s own spelling of what `readIsoDate` takes: a T before the time, a point, an offset with minutes. */
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

/** What is expected, with the form to write where it can be told what was meant: `… (write 1.45)`. */
function withRightForm(expected: string, written: string): string {
  const right = rightDate(written) ?? rightNumber(written);
  return right === undefined ? expected : `${expected} (write ${right})`;
}
