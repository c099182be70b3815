/**
 * Values as their cells will show them.
 * @module
 */
import { errorCatalogue } from "../../../../kalibrate/errors.ts";
import { type ColumnType, isCellError, type TableValue } from "../../../../kalibrate/table.ts";
import { texts } from "../../texts/builder.ts";

export function readable(value: TableValue, type: ColumnType | undefined): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? texts.preview.yes : texts.preview.no;
  if (isCellError(value)) return errorCatalogue[value.error].excel;
  const text = String(value);
  if (type === "date") return text.slice(0, 10);
  return type === "datetime" ? text.slice(0, 16).replace("T", " ") : text;
}
