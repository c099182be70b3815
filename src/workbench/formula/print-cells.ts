/**
 * Cells as a text table, for a terminal.
 * @module
 */
import { cutText } from "../../kalibrate/shorten.ts";
import type { Cell, CellResult } from "../excel-host/cells.ts";
import { formatNumber } from "../excel-host/format-number.ts";

const gap = "  ";
/** A column is not made narrower than this; lines too long even so are cut at their end. */
const narrowest = 6;

/**
 * The table, a line per row, no line feed at the end. Numbers stand on the right. A single cell is never cut:
 * it may be an error that says what to do.
 * @param width what the terminal is wide; without it nothing is cut
 */
export function printCells(cells: CellResult, width = Infinity): string {
  const texts = cells.map((row) => row.map(show));
  if (texts.length === 1 && texts[0]!.length === 1) return texts[0]![0]!;
  const widths = fit(
    // Spreading a long column into Math.max overflows the stack.
    texts[0]!.map((_, column) => texts.reduce((most, row) => Math.max(most, row[column]!.length), 0)),
    width,
  );
  return texts
    .map((row, r) => {
      const line = row
        .map((text, c) => {
          const cut = shorten(text, widths[c]!);
          return isNumber(cells[r]![c]!) ? cut.padStart(widths[c]!) : cut.padEnd(widths[c]!);
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

/** Control characters of a value could move the terminal's cursor or change its colours. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${cutText(text, Math.max(0, width - 1))}…`;
}

/** Takes from the widest columns until the line fits. */
function fit(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) - width;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= narrowest) break;
    widths[widest]! -= 1;
    excess -= 1;
  }
  return widths;
}
