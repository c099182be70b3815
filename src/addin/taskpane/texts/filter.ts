/**
 * Texts of filters. Separate from builder.ts, because the first view does not need them.
 * @module
 */
import type { Operator } from "../../../kalibrate/query/clauses.ts";
import type { DateWay } from "../builder/query/date-value.ts";

const operators: Readonly<Record<Operator, string>> = {
  "=": "is",
  "!=": "is not",
  "@=": "contains",
  ">": "more than",
  ">=": "at least",
  "<": "less than",
  "<=": "at most",
  in: "is one of",
  "not in": "is none of",
};

const dateOperators: Readonly<Record<Operator, string>> = {
  ...operators,
  ">": "after",
  ">=": "from",
  "<": "before",
  "<=": "until",
};

const dateWays: Readonly<Record<DateWay, string>> = {
  daysAgo: "days ago",
  hoursAgo: "hours ago",
  day: "date",
  moment: "date and time",
  asWritten: "as written",
};

export const filterTexts = {
  heading: "Filters",
  none: "No filters: you get all records. A filter limits them, for example to prices of the last seven days.",
  noneSearched: "No filters: all records are searched.",
  add: "Add filter",
  remove: (property: string) =>
    property === "" ? "Remove the empty filter" : `Remove the filter on ${property}`,
  removed: "Filter removed.",
  property: "Field",
  chooseProperty: "Choose a field…",
  operator: "Comparison",
  value: "Value",
  way: "Kind of date",
  yes: "Yes",
  no: "No",
  loadingValues: "Looking for the values…",
  loadingMore: "Looking for the others…",
  noneFits: "No known value matches; your text is used as typed.",
  noRecordFits: "None matches.",
  matches: (found: number, all: number) =>
    found === all
      ? all === 1
        ? "1 value"
        : `${all.toLocaleString()} values`
      : `${found.toLocaleString()} of ${all.toLocaleString()} match`,
  notWhole: "There are more values. They are looked up as you type.",
  noValue: "Without a value the filter has no effect.",
  noNumber: (value: string) =>
    /^-?\d+,\d+$/.test(value)
      ? `“${value}” is not a number here: write ${value.replace(",", ".")}.`
      : `“${value}” is not a number, so it cannot be used.`,
  locked: "The query’s text below cannot be read. Correct it, or go back to these filters.",
  restore: "Go back to these filters",
  operators,
  dateOperators,
  dateWays,
};
