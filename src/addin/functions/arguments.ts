/**
 * Reads the arguments that Excel passes to a function. They can be anything that the analyst typed, so each is
 * checked.
 * @module
 */
import { isBlankText, isEmptyCell } from "../../kalibrate/comparable-text.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { splitNames } from "../../kalibrate/names.ts";
import { queryFromRange } from "../../kalibrate/query/from-range.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { sentQuery } from "../../kalibrate/query/sent-query.ts";

/** A name: trimmed text; undefined if omitted. */
export function readText(value: unknown): string | undefined {
  return isEmptyCell(value) ? undefined : String(value).trim();
}

/** A required name. */
export function readRequiredText(argument: string, value: unknown): string {
  const text = readText(value);
  if (text === undefined) throw invalid(argument, "is missing");
  return text;
}

/**
 * A query: text in one cell, or rows of field, operator and value.
 * @param now the time for `today` and `now`
 * @returns the query text to send; undefined if there is none
 */
export function readQuery(value: unknown, now: Date): string | undefined {
  const rows = rowsOf(value);
  const isOneCell = rows.length === 1 && rows[0]?.length === 1;
  const query = isOneCell ? parseQuery(readText(rows[0]?.[0]) ?? "") : queryFromRange(rows);
  return sentQuery(query, now);
}

/** Fields: each cell may hold one or several, separated by commas. Undefined if there are none. */
export function readFields(value: unknown): string[] | undefined {
  const fields = readTexts(value).flatMap(splitNames);
  return fields.length > 0 ? fields : undefined;
}

/** The texts of all cells that hold any. */
export function readTexts(value: unknown): string[] {
  return rowsOf(value)
    .flat()
    .flatMap((cell) => readText(cell) ?? []);
}

/** The kind of headings: 0 none, 1 names (default), 2 labels. */
export function readHeaders(value: unknown): 0 | 1 | 2 {
  if (value === null || value === undefined || isBlankText(value)) return 1;
  const number = Number(value);
  if (number === 0 || number === 1 || number === 2) return number;
  throw invalid("headers", "must be 0 (none), 1 (field names) or 2 (readable headings)");
}

/** A number of rows; undefined if omitted or 0, which both mean all. */
export function readLimit(value: unknown): number | undefined {
  if (isEmptyCell(value)) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= 999_999_999) return number || undefined;
  throw invalid("limit", "must be a whole number of rows up to 999,999,999, or 0 for all");
}

/** A range argument arrives as rows even if the analyst gave a single value. */
export function rowsOf(value: unknown): unknown[][] {
  if (!Array.isArray(value)) return [[value]];
  if (value.every(Array.isArray)) return value as unknown[][];
  return value.map((row: unknown) => (Array.isArray(row) ? (row as unknown[]) : [row]));
}

function invalid(argument: string, problem: string): KalError {
  return new KalError("KAL_ARGUMENT_INVALID", { message: `The argument “${argument}” ${problem}.` });
}
