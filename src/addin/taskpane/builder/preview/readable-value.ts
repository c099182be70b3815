/**
 * Formats values as their cells will show them.
 * @module
 */
import { errorCatalogue } from "../../../../kalibrate/errors.ts";
import { isoOf, serialOf } from "../../../../kalibrate/serial-date.ts";
import { type ColumnType, isCellError, type TableValue } from "../../../../kalibrate/table.ts";
import { texts } from "../../texts/builder-parts.ts";

export function readable(value: TableValue, type: ColumnType | undefined): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? texts.preview.yes : texts.preview.no;
  if (isCellError(value)) return errorCatalogue[value.error].excel;
  const text = String(value);
  const serial = type === "date" || type === "datetime" ? serialOf(text) : undefined;
  // A text that is not a valid Excel date stays text in its cell.
  if (serial === undefined) return text;
  const iso = isoOf(serial) ?? text;
  return type === "date" ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16) || "00:00"}`;
}
