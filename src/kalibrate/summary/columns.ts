import { labelOf } from "../catalogue/attributes.ts";
import { columnType } from "../documents/table.ts";
import type { Column, TableValue } from "../table.ts";
import { bucketType } from "./buckets.ts";
import type { MeasureName } from "./expressions.ts";
import type { GroupColumn } from "./groups.ts";
import type { MeasureColumn } from "./totals.ts";

const headings: Readonly<Record<MeasureName, string>> = {
  count: "Count",
  distinct: "Different",
  sum: "Sum",
  avg: "Average",
  min: "Lowest",
  max: "Highest",
  median: "Median",
  first: "First",
  last: "Last",
  timeavg: "Average over time",
};

/** @param rows the groups' values, then the measures; they give the types that the catalogue does not know */
export function summaryColumns(
  groups: readonly GroupColumn[],
  measures: readonly MeasureColumn[],
  rows: readonly (readonly TableValue[])[],
): Column[] {
  return [
    ...groups.map(({ name, path, bucket, type }, at): Column => {
      const label = labelOf(path.join("."));
      if (bucket === undefined) return { name, label, type: type ?? columnType(rows, at) };
      return { name, label: `${label} (${bucket})`, type: bucketType(bucket) };
    }),
    ...measures.map(({ name, path, measure, type }, at): Column => {
      const label =
        path === undefined ? headings[measure] : `${headings[measure]}: ${labelOf(path.join("."))}`;
      if (!ofFieldsType.has(measure)) return { name, label, type: "number" };
      return { name, label, type: type ?? columnType(rows, groups.length + at) };
    }),
  ];
}

const ofFieldsType: ReadonlySet<MeasureName> = new Set<MeasureName>(["min", "max", "first", "last"]);
