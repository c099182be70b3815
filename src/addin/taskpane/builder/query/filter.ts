/**
 * A filter while somebody makes it: a property, an operator, and a value that may not be there yet.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { KalError } from "../../../../kalibrate/errors.ts";
import { readValue } from "../../../../kalibrate/query/clause-value.ts";
import { type Clause, isControl, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { isDateProperty } from "../../../../kalibrate/query/date-properties.ts";
import { formatQuery } from "../../../../kalibrate/query/format.ts";
import { parseClauses } from "../../../../kalibrate/query/parse.ts";
import type { ColumnType } from "../../../../kalibrate/table.ts";
import { texts } from "../../texts/builder.ts";
import { type DateWay, isWrongCount } from "./date-value.ts";

export interface Filter {
  /** For ids on the page. */
  readonly id: number;
  property: string;
  operator: Operator;
  /** As the query has it; "" while there is none. */
  value: string;
  /** How a date is being entered, where its value does not tell: it may be empty. */
  enteredWay: DateWay | undefined;
}

let filters = 0;

export function createFilter({ property, operator, value }: Omit<Clause, "position">): Filter {
  filters += 1;
  return reactive<Filter>({ id: filters, property, operator, value, enteredWay: undefined });
}

/** What a property's values are, which decides how they are compared and entered. */
export type ValueKind = "text" | "number" | "boolean" | "date";

const kindOfType: Readonly<Record<ColumnType, ValueKind>> = {
  text: "text",
  number: "number",
  boolean: "boolean",
  date: "date",
  datetime: "date",
};

/** @param type what the fields say; undefined for a property that they do not know. */
export function valueKindOf(property: string, type: ColumnType | undefined): ValueKind {
  if (isControl({ property, operator: "=", value: "" })) return "number";
  // The functions in cells read dates by the name alone.
  if (isDateProperty(property)) return "date";
  return type === undefined ? "text" : kindOfType[type];
}

/** The operators that are offered, the likeliest first, in the words for that kind of value. */
const operatorsOf: Readonly<Record<ValueKind, readonly Operator[]>> = {
  text: ["=", "!=", "@="],
  number: ["=", "!=", ">", ">=", "<", "<="],
  boolean: ["=", "!="],
  date: [">=", ">", "<", "<=", "=", "!="],
};

/** The operators for a property; one that stands there already is never missing. */
export function operatorsFor({ property, operator }: Filter, kind: ValueKind): readonly Operator[] {
  if (isControl({ property, operator, value: "" })) return ["="];
  const offered = operatorsOf[kind];
  return offered.includes(operator) ? offered : [...offered, operator];
}

export function operatorWords(operator: Operator, kind: ValueKind): string {
  return kind === "date" ? texts.dateOperators[operator] : texts.operators[operator];
}

/** What a new filter on a property begins with: something that is right for most. */
export function beginFilter(filter: Filter, property: string, kind: ValueKind): void {
  filter.property = property;
  filter.operator = operatorsFor({ ...filter, property, operator: "=" }, kind)[0] ?? "=";
  filter.enteredWay = undefined;
  filter.value = { text: "", number: "", boolean: "true", date: "today-7" }[kind];
}

/** The filter as a clause, undefined while it has no value, or what is wrong with it. */
export function readFilter(filter: Filter): Clause | KalError | undefined {
  const { property, operator, value, enteredWay } = filter;
  if (property === "" || value.trim() === "") return undefined;
  if (isWrongCount(enteredWay, value)) return wrong(texts.filter.counted[enteredWay]);
  try {
    // One reader decides what a clause may look like, wherever it comes from.
    const [clause, ...others] = parseClauses(
      formatQuery([{ property, operator, value }]),
      () => texts.filter.place,
    );
    if (
      clause === undefined ||
      others.length > 0 ||
      clause.property !== property ||
      clause.operator !== operator
    ) {
      return wrong(texts.filter.severalClauses);
    }
    return { property, operator, value: clause.value };
  } catch (error) {
    if (error instanceof KalError) return mistakeOf(filter) ?? error;
    throw error;
  }
}

const wrong = (message: string) => new KalError("KAL_QUERY_INVALID", { message, hint: "" });

/** In words for somebody who has typed a value, and has not seen the clause that it stands in. */
function mistakeOf({ property, operator, value }: Filter): KalError | undefined {
  if (/[()]/.test(value)) return wrong(texts.filter.parenthesis);
  if (/^\s*[=!@<>]/.test(value)) return wrong(texts.filter.comparisonInValue);
  const reading = readValue(property, operator, value.trim());
  return "expected" in reading ? wrong(texts.filter.expected(value.trim(), reading.expected)) : undefined;
}
