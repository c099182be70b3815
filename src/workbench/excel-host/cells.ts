/**
 * Converts a function's answer to the values and errors that cells show.
 *
 * office.js passes on whatever the function returned, as JSON; Excel decides what the cell shows. These rules are what
 * we know or assume of Excel (docs/host-assumptions.md).
 * @module
 */
import { maxCellChars } from "../../excel/limits.ts";
import type { HostBehaviours } from "./behaviours.ts";

export type ErrorName =
  | "#VALUE!"
  | "#N/A"
  | "#DIV/0!"
  | "#NUM!"
  | "#NULL!"
  | "#NAME?"
  | "#REF!"
  // Excel's own results for a waiting formula and for a table without room.
  | "#BUSY!"
  | "#SPILL!";

export interface CellValue {
  readonly value: string | number | boolean;
  /** Excel's number format code, if the function sent one: `yyyy-mm-dd`. */
  readonly numberFormat?: string;
}

export interface CellError {
  readonly error: ErrorName;
  /** The text of the error; Excel shows it only for #VALUE! and #N/A. */
  readonly message?: string;
}

export type Cell = CellValue | CellError;

/** Rectangular, at least one cell. */
export type CellResult = readonly (readonly Cell[])[];

const errorNames: readonly string[] = ["#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!", "#NAME?", "#REF!"];

/** The error codes of a failed result, by office.js's numbers. */
const errorOfCode: Readonly<Record<number, ErrorName>> = {
  1: "#N/A",
  5: "#DIV/0!",
  6: "#NUM!",
  8: "#NULL!",
  9: "#NAME?",
  10: "#NAME?",
};

/** The code of a returned Error or NaN; its message is office.js's log line, not a text for people. */
const returnedErrorCode = 0;

export function isCellError(value: unknown): value is CellError {
  return typeof value === "object" && value !== null && "error" in value;
}

/** An error cell; without the text if Excel would not show it. */
export function cellError(error: ErrorName, message?: unknown): CellError {
  const shown = error === "#VALUE!" || error === "#N/A";
  return shown && typeof message === "string" && message !== "" ? { error, message } : { error };
}

/** The single cell of a result that office.js marked as failed. */
export function cellsOfFailure(code: number, message: unknown): CellResult {
  return [[cellError(errorOfCode[code] ?? "#VALUE!", code === returnedErrorCode ? undefined : message)]];
}

/**
 * The cells of a successful result.
 * @param value the JSON value: a scalar, a data type or a matrix of those
 * @param dataTypes whether this Excel accepts data types from functions (CustomFunctionsRuntime 1.4)
 * @param errorsInMatrix the effect of an error among several values
 */
export function cellsOfValue(
  value: unknown,
  dataTypes: boolean,
  errorsInMatrix: HostBehaviours["errorsInMatrix"] = "eachCell",
): CellResult {
  if (!Array.isArray(value)) return [[toCell(value, dataTypes)]];
  const rows: unknown[] = value;
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  const rectangular = rows.every((row) => Array.isArray(row) && row.length === width);
  if (width === 0 || !rectangular) return [[{ error: "#VALUE!" }]];
  const cells = (rows as unknown[][]).map((row) => row.map((item) => toCell(item, dataTypes)));
  const isRefused = errorsInMatrix === "wholeTable" && cells.flat().some(isCellError);
  return isRefused ? [[{ error: "#VALUE!" }]] : cells;
}

/** The errors without their functions' texts. */
export function withGenericErrors(cells: CellResult): CellResult {
  return cells.map((row) => row.map((cell) => (isCellError(cell) ? { error: cell.error } : cell)));
}

function toCell(value: unknown, dataTypes: boolean): Cell {
  // JSON has no NaN, Infinity or undefined: they arrive as null, and Excel shows null as 0 (office-js #1503).
  if (value === null || value === undefined) return { value: 0 };
  if (typeof value === "string") return value.length > maxCellChars ? { error: "#VALUE!" } : { value };
  if (typeof value === "number" || typeof value === "boolean") return { value };
  const { type, basicValue, numberFormat, message } = value as Record<string, unknown>;
  if (type === "Error") {
    return cellError(
      errorNames.includes(basicValue as string) ? (basicValue as ErrorName) : "#VALUE!",
      message,
    );
  }
  const plain =
    typeof basicValue === "number" || typeof basicValue === "string" || typeof basicValue === "boolean";
  if (!dataTypes || !plain) return { error: "#VALUE!" };
  return typeof numberFormat === "string" ? { value: basicValue, numberFormat } : { value: basicValue };
}
