/**
 * Texts of groups and figures.
 * @module
 */
import type { Bucket } from "../../../kalibrate/summary/buckets.ts";
import type { MeasureName } from "../../../kalibrate/summary/expressions.ts";

const buckets: Readonly<Record<Bucket | "", string>> = {
  "": "each moment",
  hour: "each hour",
  hourofday: "hour of the day",
  day: "each day",
  week: "each week",
  month: "each month",
  quarter: "each quarter",
  year: "each year",
  weekday: "day of the week",
};

const measures: Readonly<Record<MeasureName, string>> = {
  count: "Number of records",
  distinct: "Number of different values",
  sum: "Sum",
  avg: "Average of the records",
  min: "Smallest",
  max: "Largest",
  median: "Median",
  first: "First by time",
  last: "Last by time",
  timeavg: "Average over time",
};

export const summaryTexts = {
  by: {
    heading: "One row for each",
    none: "Nothing chosen: one row over all records.",
    add: "Add group",
    choose: "Choose what to group by…",
    first: "Group by",
    second: "Time span",
    remove: (text: string) => `Remove the group ${text}`.trim(),
  },
  measures: {
    heading: "Figures",
    none: "Choose at least one figure.",
    add: "Add figure",
    choose: "Choose a field…",
    first: "Figure",
    second: "Field",
    remove: (text: string) => `Remove the figure ${text}`.trim(),
  },
  removed: "Removed.",
  fieldMissing: "Without a field it is left out.",
  overTime: "Each value counts for as long as it was in force.",
  overRecords: "Each record counts once, however long it was in force.",
  buckets,
  names: measures,
} as const;
