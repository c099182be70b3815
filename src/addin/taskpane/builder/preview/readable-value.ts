/**
 * Values as their cells will show them.
 * @module
 */
import type { ColumnType, TableValue } from "../../../../kalibrate/table.ts";
import { texts } from "../../texts/builder.ts";

export function readable(value: TableValue, type: ColumnType | undefined): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? texts.preview.yes : texts.preview.no;
  const text = String(value);
  if (type === "date") return text.slice(0, 10);
  return type === "datetime" ? text.slice(0, 16).replace("T", " ") : text;
}
