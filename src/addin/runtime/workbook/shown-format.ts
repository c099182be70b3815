/**
 * The number format that a cell is shown with.
 *
 * A function sends its dates with a format. `Range.numberFormat` may tell the cell's own instead, General (docs:
 * excel-data-types-concepts), while `Range.text` tells what is shown.
 * @module
 */
import { isoOf } from "../../../kalibrate/serial-date.ts";
import { type DateChoice, dateChoices } from "./value-settings.ts";

/** Places of year, month and day in the formats that we send. */
const orders: Partial<Record<DateChoice, readonly number[]>> = {
  "yyyy-mm-dd": [0, 1, 2],
  "dd/mm/yyyy": [2, 1, 0],
  "mm/dd/yyyy": [1, 2, 0],
};

/** What we write behind the day, by how many numbers it shows. */
const times = ["", undefined, " hh:mm", " hh:mm:ss"];

const secondsPerDay = 86_400;

/**
 * @param format as `Range.numberFormat` tells it
 * @param text as the cell shows it, with the separators of the computer
 * @returns undefined where a date may be hidden: a column that is too narrow shows ####
 */
export function shownFormat(value: unknown, format: string, text: string): string | undefined {
  if (format !== "General" || typeof value !== "number") return format;
  const digits = (text.match(/\d+/g) ?? []).map(Number);
  const time = times[digits.length - 3];
  if (time !== undefined) {
    const found = dateChoices.find((choice) => isShownAs(value, orders[choice], digits));
    if (found) return found + time;
  }
  return /^#+$/.test(text) && isoOf(value) !== undefined ? undefined : format;
}

/** Excel may cut the time to what it shows, or round it. */
function isShownAs(value: number, order: readonly number[] | undefined, digits: readonly number[]): boolean {
  return [-0.5, 0, 0.5, 30].some((seconds) => {
    const parts = (isoOf(value + seconds / secondsPerDay)?.match(/\d+/g) ?? []).map(Number);
    const [hour = 0, minute = 0, second = 0] = parts.slice(3);
    const expected = [...(order?.map((place) => parts[place]) ?? []), hour, minute, second];
    return order !== undefined && digits.every((digit, at) => digit === expected[at]);
  });
}
