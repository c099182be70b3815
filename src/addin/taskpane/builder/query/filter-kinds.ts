/**
 * How the values of a property are compared and entered.
 * @module
 */
import { isControl, type Operator } from "../../../../kalibrate/query/clauses.ts";
import { isDateProperty } from "../../../../kalibrate/query/date-properties.ts";
import type { ColumnType } from "../../../../kalibrate/table.ts";
import { filterTexts } from "../../texts/filter.ts";
import type { Filter } from "./filter.ts";

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
  return kind === "date" ? filterTexts.dateOperators[operator] : filterTexts.operators[operator];
}

/** Defaults for a new filter on a property. */
export function beginFilter(filter: Filter, property: string, kind: ValueKind): void {
  filter.property = property;
  filter.operator = operatorsFor({ ...filter, property, operator: "=" }, kind)[0] ?? "=";
  filter.enteredWay = undefined;
  filter.value = { text: "", number: "", boolean: "true", date: "today-7" }[kind];
}
