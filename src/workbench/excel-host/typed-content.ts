/**
 * Converts typed content to a cell's value, and a value to its displayed text.
 * @module
 */
import type { HostBehaviours } from "./behaviours.ts";
import { formatNumber } from "./format-number.ts";
import type { CellContent } from "./model.ts";

export function isFormula(content: CellContent): boolean {
  return typeof content === "string" && content.startsWith("=") && content.length > 1;
}

/** As Excel reads typed text: numbers and logical values are recognised, unless the cell is formatted as text. */
export function typed(content: CellContent, numberFormat: string): CellContent {
  if (typeof content !== "string" || content === "" || isFormula(content)) return content;
  if (content.startsWith("'")) return content.slice(1);
  if (numberFormat === "@") return content;
  if (/^(true|false)$/i.test(content)) return content.toLowerCase() === "true";
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(content) ? Number(content) : content;
}

/** The 1904 system shows a serial this many days later than the 1900 system. */
export const daysTo1904 = 1462;

/** As a cell displays it. */
export function textOf(
  value: CellContent,
  numberFormat: string,
  dateSystem: HostBehaviours["dateSystem"] = "1900",
): string {
  if (typeof value === "boolean") return String(value).toUpperCase();
  if (typeof value !== "number") return value;
  const shift = dateSystem === "1904" && /[dy]/i.test(numberFormat) ? daysTo1904 : 0;
  return formatNumber(value + shift, numberFormat);
}
