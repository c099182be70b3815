/**
 * Prints cells as a text table for a terminal.
 * @module
 */
import { cutText } from "../../kalibrate/shorten.ts";
import type { Cell, CellResult } from "../excel-host/cells.ts";
import { formatNumber } from "../excel-host/format-number.ts";

const gap = "  ";
/** Columns do not get narrower than this; lines that are still too long are cut at the end. */
const narrowest = 6;

/**
 * The table, one line per row, without a final line feed. Numbers are right-aligned. A single cell is never cut,
 * because it may be an error message.
 * @param width of the terminal; default: no limit
 */
export function printCells(cells: CellResult, width = Infinity): string {
  const rows = cells.map((row) => row.map((cell) => ({ text: show(cell), isNumber: isNumber(cell) })));
  const [first = []] = rows;
  if (rows.length === 1 && first.length === 1) return first.map(({ text }) => text).join("");
  const widths = fit(
    // Spreading a long column into Math.max would overflow the stack.
    first.map((_, column) => rows.reduce((most, row) => Math.max(most, row[column]?.text.length ?? 0), 0)),
    width,
  );
  return rows
    .map((row) => {
      const line = row
        .map(({ text, isNumber }, column) => {
          const room = widths[column] ?? 0;
          const cut = shorten(text, room);
          return isNumber ? cut.padStart(room) : cut.padEnd(room);
        })
        .join(gap)
        .trimEnd();
      return shorten(line, width);
    })
    .join("\n");
}

function isNumber(cell: Cell): boolean {
  return "value" in cell && typeof cell.value === "number";
}

function show(cell: Cell): string {
  if ("error" in cell) return oneLine(cell.message ? `${cell.error} ${cell.message}` : cell.error);
  if (typeof cell.value === "boolean") return String(cell.value).toUpperCase();
  return typeof cell.value === "number" ? formatNumber(cell.value, cell.numberFormat) : oneLine(cell.value);
}

/** Removes control characters, which could move the terminal's cursor or change its colours. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${cutText(text, Math.max(0, width - 1))}…`;
}

/** Narrows the widest columns until the line fits. */
function fit(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) - width;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
