/**
 * The error for a value of the wrong type for its measure.
 * @module
 */
import { typeOfValue } from "../documents/table.ts";
import { KalError } from "../errors.ts";
import { shorten } from "../shorten.ts";
import { isCellError, type TableValue } from "../table.ts";

const typeNames = {
  text: "text",
  number: "a number",
  boolean: "TRUE or FALSE",
  date: "a date",
  datetime: "a date",
} as const;

/**
 * @param name of the measure or the group: `avg(site.name)`
 * @param field its field
 * @param needs the type that it needs instead, for the message
 */
export function fieldTypeError(name: string, field: string, value: TableValue, needs: string): KalError {
  const found =
    value === null || isCellError(value)
      ? "a number that is too large"
      : `${typeNames[typeOfValue(value)]}, for example “${shorten(String(value), 60)}”`;
  return new KalError("KAL_FIELD_TYPE", {
    message: `${shorten(name)}: “${shorten(field)}” holds ${found}. This needs ${needs}.`,
  });
}
