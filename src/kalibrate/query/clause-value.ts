/**
 * What may stand as the value of a clause, and how it is written for the Data API.
 * @module
 */
import { isoOf, serialOf } from "../serial-date.ts";
import { controlWords, isComparison, type Operator } from "./clauses.ts";
import { isDateProperty } from "./date-properties.ts";
import { readRelative, relativeExamples } from "./relative-dates.ts";

/** A value in the vendor's spelling, or what was expected in its place. */
export type ValueReading = { readonly value: string } | { readonly expected: string };

/** Reads the value of a clause whose property already has the vendor's spelling where it is a control word. */
export function readValue(property: string, operator: Operator, written: string): ValueReading {
  if ((controlWords as readonly string[]).includes(property)) return readControl(property, written);
  if (/[\r\n]/.test(written)) return { expected: "a value in one line" };
  if (operator !== "@=" && (isComparison(operator) || isDateProperty(property))) {
    return readMoment(property, operator, written);
  }
  // Excel writes TRUE where a formula joins a cell to text; the vendor writes true.
  return { value: /^(true|false)$/i.test(written) ? written.toLowerCase() : written };
}

/** Control clauses say how to answer: only values that mean something. */
function readControl(property: string, written: string): ValueReading {
  if (property === "orderBy") {
    return propertyForm.test(written) ? { value: written } : { expected: "the name of a property" };
  }
  if (property === "direction") {
    const word = directions.get(written.toLowerCase());
    return word === undefined ? { expected: "“ascending” or “descending”" } : { value: word };
  }
  return /^\d{1,9}$/.test(written)
    ? { value: written }
    : { expected: `a whole number from 0 for “${property}”` };
}

/** A property: steps of letters, digits and underscores with dots between them. */
const propertyForm = /^[A-Za-z_]\w*(?:\.\w+)*$/;

const directions: ReadonlyMap<string, string> = new Map([
  ["ascending", "ascending"],
  ["asc", "ascending"],
  ["descending", "descending"],
  ["desc", "descending"],
]);

const numberForm = /^-?(?:\d+(?:\.\d+)?|\.\d+)$/;
/** As it is typed: with a blank in place of ISO's T. */
const blankForm = /^(\d{4}-\d\d-\d\d) +(\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/;
const dateForm = /^\d{4}-\d\d-\d\d/;

/**
 * Numbers and dates. On a property that holds dates a plain number is what Excel joins to a text in place of a date:
 * `"(effectiveTime>="&A1&")"`.
 */
function readMoment(property: string, operator: Operator, written: string): ValueReading {
  const relative = readRelative(written);
  if (relative !== undefined) return { value: relative };
  if (numberForm.test(written)) {
    const iso = isDateProperty(property) ? isoOf(Number(written)) : undefined;
    return { value: iso ?? written };
  }
  const value = written.replace(
    blankForm,
    (_, day, minutes, seconds = ":00") => `${day}T${minutes}${seconds}`,
  );
  if (serialOf(value) !== undefined) return { value };
  if (dateForm.test(value)) return { expected: "a date that exists, such as 2026-11-20 or 2026-11-20T16:00" };
  // What “=” may be compared with is not documented, so anything else passes there.
  if (!isComparison(operator)) return { value };
  return isDateProperty(property)
    ? { expected: `a date such as 2026-11-20, or ${relativeExamples}` }
    : { expected: "a number such as 1.4 or a date such as 2026-11-20" };
}
