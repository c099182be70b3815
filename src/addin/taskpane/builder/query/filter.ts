/**
 * A filter being edited: a property, an operator, and a value that may still be missing.
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
  /** As in the query; "" while there is none. */
  value: string;
  /** How a date is being entered, if the value does not show it because it is empty. */
  enteredWay: DateWay | undefined;
  /** Search text for the values to choose from. */
  search: string;
  /** Whether the list of values is open. */
  isOpen: boolean;
  /** Index of the value that the arrow keys have reached; -1 for none. */
  active: number;
  /** How many values of the list are drawn. */
  drawn: number;
}

let filters = 0;

export function createFilter({ property, operator, value }: Omit<Clause, "position">): Filter {
  filters += 1;
  return reactive<Filter>({
    id: filters,
    property,
    operator,
    value,
    enteredWay: undefined,
    search: "",
    isOpen: false,
    active: -1,
    drawn: 0,
  });
}

/** The kind of a property's values, which decides how they are compared and entered. */
export type ValueKind = "text" | "number" | "boolean" | "date";

const kindOfType: Readonly<Record<ColumnType, ValueKind>> = {
  text: "text",
  number: "number",
  boolean: "boolean",
  date: "date",
  datetime: "date",
};

/** @param type from the fields; undefined for a property that they do not contain. */
export function valueKindOf(property: string, type: ColumnType | undefined): ValueKind {
  if (isControl({ property, operator: "=", value: "" })) return "number";
  if (type !== undefined) return kindOfType[type];
  return isDateProperty(property) ? "date" : "text";
}

/** The operators of each kind, the most likely first. */
const operatorsOf: Readonly<Record<ValueKind, readonly Operator[]>> = {
  text: ["=", "!=", "@=", "in", "not in"],
  number: ["=", "!=", ">", ">=", "<", "<=", "in", "not in"],
  boolean: ["=", "!="],
  date: [">=", ">", "<", "<=", "=", "!="],
};

/** The operators for a property; always include the current one. */
export function operatorsFor({ property, operator }: Filter, kind: ValueKind): readonly Operator[] {
  if (isControl({ property, operator, value: "" })) return ["="];
  const offered = operatorsOf[kind];
  return offered.includes(operator) ? offered : [...offered, operator];
}

export function operatorWords(operator: Operator, kind: ValueKind): string {
  return kind === "date" ? texts.dateOperators[operator] : texts.operators[operator];
}

/** Defaults for a new filter on a property. */
export function beginFilter(filter: Filter, property: string, kind: ValueKind): void {
  filter.property = property;
  filter.operator = operatorsFor({ ...filter, property, operator: "=" }, kind)[0] ?? "=";
  filter.enteredWay = undefined;
  filter.value = { text: "", number: "", boolean: "true", date: "today-7" }[kind];
}

type Entered = Pick<Filter, "property" | "operator" | "value" | "enteredWay">;

/** The filter as a clause; undefined while it has no value; an error if it is invalid. */
export function readFilter(filter: Entered): Clause | KalError | undefined {
  const { property, operator, value, enteredWay } = filter;
  if (property === "" || value.trim() === "") return undefined;
  if (isWrongCount(enteredWay, value)) return wrong(texts.filter.counted[enteredWay]);
  // A comma at the end is the beginning of the next value.
  const list = value.replace(/[\s,;]+$/, "").trim();
  if (isList(operator)) return list === "" ? undefined : readListFilter(`(${property} ${operator} ${list})`);
  const reading = readValue(property, operator, value.trim());
  if ("expected" in reading) return wrong(texts.filter.expected(value.trim(), reading.expected));
  return { property, operator, value: reading.value };
}

export const isClause = (read: ReturnType<typeof readFilter>): read is Clause =>
  read !== undefined && !(read instanceof KalError);

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
