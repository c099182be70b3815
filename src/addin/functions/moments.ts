/**
 * The argument `moment` of KAL.ASOF: dates as cells hold them, and as text.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { readDate } from "../../kalibrate/query/clause-value.ts";
import { readRelative, resolveRelativeDates } from "../../kalibrate/query/relative-dates.ts";
import { isoOf } from "../../kalibrate/serial-date.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { readText, rowsOf } from "./arguments.ts";

/**
 * @param now what `today` and `now` mean
 * @returns ISO text for each cell, null for an empty one, an error for one that holds no moment
 */
export function readMoments(given: unknown, now: Date): (string | null | KalError)[][] {
  return rowsOf(given).map((row) => row.map((cell) => readMoment(cell, now)));
}

function readMoment(cell: unknown, now: Date): string | null | KalError {
  const text = readText(cell);
  if (text === undefined) return null;
  const value = (typeof cell === "number" ? isoOf(cell) : readRelative(text)) ?? text;
  const [clause] = resolveRelativeDates([{ property: "moment", operator: ">=", value }], now);
  const read = readDate(clause!.value);
  if ("value" in read) return read.value;
  return new KalError("KAL_ARGUMENT_INVALID", {
    message: `moment: expected ${read.expected}, found “${shorten(text)}”.`,
  });
}
