/**
 * Determines the number format that a cell is displayed with.
 *
 * A function sends its dates with a format. `Range.numberFormat` may return the cell's own format, General, instead
 * (docs: excel-data-types-concepts), but `Range.text` is the displayed text.
 * @module
 */
import { isoOf } from "../../../kalibrate/serial-date.ts";
import { type DateChoice, dateChoices } from "./value-settings.ts";

/** Positions of year, month and day in the formats that we send. */
const orders: Partial<Record<DateChoice, readonly number[]>> = {
  "yyyy-mm-dd": [0, 1, 2],
  "dd/mm/yyyy": [2, 1, 0],
  "mm/dd/yyyy": [1, 2, 0],
};

/** The time format after the day, by how many numbers it shows. */
const times = ["", undefined, " hh:mm", " hh:mm:ss"];

const secondsPerDay = 86_400;

/**
 * @param format as `Range.numberFormat` returns it
 * @param text as displayed, with the computer's separators
 * @returns undefined if the cell may hide a date: a column that is too narrow shows ####
 */
export function shownFormat(value: unknown, format: unknown, text = ""): string | undefined {
  if (typeof format !== "string") return undefined;
  if (format !== "General" || typeof value !== "number") return format;
  const digits = (text.match(/\d+/g) ?? []).map(Number);
  const time = times[digits.length - 3];
  if (time !== undefined) {
    const found = dateChoices.find((choice) => isShownAs(value, orders[choice], digits));
    if (found) return found + time;
  }
  return /^#+$/.test(text) && isoOf(value) !== undefined ? undefined : format;
}

/** Excel may truncate the time to the displayed digits or round it. */
function isShownAs(value: number, order: readonly number[] | undefined, digits: readonly number[]): boolean {
  return [-0.5, 0, 0.5, 30].some((seconds) => {
    const parts = (isoOf(value + seconds / secondsPerDay)?.match(/\d+/g) ?? []).map(Number);
    const [hour = 0, minute = 0, second = 0] = parts.slice(3);
    const expected = [...(order?.map((place) => parts[place]) ?? []), hour, minute, second];
    return order !== undefined && digits.every((digit, at) => digit === expected[at]);
  });
}
