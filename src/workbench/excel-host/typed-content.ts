/**
 * What is typed into a cell, and what is shown of it.
 * @module
 */
import { formatNumber } from "./format-number.ts";
import type { CellContent } from "./model.ts";

export function isFormula(content: CellContent): boolean {
  return typeof content === "string" && content.startsWith("=") && content.length > 1;
}

/** As Excel reads what is typed: numbers and logical values, except where the cell is formatted as text. */
export function typed(content: CellContent, numberFormat: string): CellContent {
  if (typeof content !== "string" || content === "" || isFormula(content)) return content;
  if (content.startsWith("'")) return content.slice(1);
  if (numberFormat === "@") return content;
  if (/^(true|false)$/i.test(content)) return content.toLowerCase() === "true";
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(content) ? Number(content) : content;
}

/** As a cell shows it. */
export function textOf(value: CellContent, numberFormat: string): string {
  if (typeof value === "boolean") return String(value).toUpperCase();
  return typeof value === "number" ? formatNumber(value, numberFormat) : value;
}
