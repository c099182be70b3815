/**
 * A filter while somebody makes it: a property, an operator, and a value that may not be there yet.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { KalError } from "../../../../kalibrate/errors.ts";
import { readValue } from "../../../../kalibrate/query/clause-value.ts";
import { type Clause, isControl, isList, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { isDateProperty } from "../../../../kalibrate/query/date-properties.ts";
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
  /** What the names of records to choose from are searched for. */
  search: string;
}

let filters = 0;

export function createFilter({ property, operator, value }: Omit<Clause, "position">): Filter {
  filters += 1;
  return reactive<Filter>({ id: filters, property, operator, value, enteredWay: undefined, search: "" });
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
  if (type !== undefined) return kindOfType[type];
  return isDateProperty(property) ? "date" : "text";
}

/** The operators that are offered, the likeliest first, in the words for that kind of value. */
const operatorsOf: Readonly<Record<ValueKind, readonly Operator[]>> = {
  text: ["=", "!=", "@=", "in", "not in"],
  number: ["=", "!=", ">", ">=", "<", "<=", "in", "not in"],
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
  if (isList(operator)) return readListFilter(`(${property} ${operator} ${value.trim()})`);
  const reading = readValue(property, operator, value.trim());
  if ("expected" in reading) return wrong(texts.filter.expected(value.trim(), reading.expected));
  return { property, operator, value: reading.value };
}

function readListFilter(text: string): Clause | KalError | undefined {
  try {
    const [clause] = parseClauses(text, () => texts.filter.list);
    return clause;
  } catch (error) {
    if (error instanceof KalError) return error;
    throw error;
  }
}

const wrong = (message: string) => new KalError("KAL_QUERY_INVALID", { message, hint: "" });
