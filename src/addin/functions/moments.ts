/**
 * Reads the argument `moment` of KAL.ASOF: dates of cells, or text.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { readDate } from "../../kalibrate/query/clause-value.ts";
import { readRelative, resolveRelativeDate } from "../../kalibrate/query/relative-dates.ts";
import { isoOf } from "../../kalibrate/serial-date.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { readText, rowsOf } from "./arguments.ts";

/**
 * @param now the time for `today` and `now`
 * @returns for each cell ISO text, null if it is empty, an error if it is not a moment
 */
export function readMoments(given: unknown, now: Date): (string | null | KalError)[][] {
  return rowsOf(given).map((row) => row.map((cell) => readMoment(cell, now)));
}

function readMoment(cell: unknown, now: Date): string | null | KalError {
  const text = readText(cell);
  if (text === undefined) return null;
  const value = (typeof cell === "number" ? isoOf(cell) : readRelative(text)) ?? text;
  const read = readDate(resolveRelativeDate(value, now));
  if ("value" in read) return read.value;
  return new KalError("KAL_ARGUMENT_INVALID", {
    message: `moment: expected ${read.expected}, found “${shorten(text)}”.`,
  });
}
