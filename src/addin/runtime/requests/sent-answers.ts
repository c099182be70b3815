/**
 * The first value of the last answer that each cell was sent.
 *
 * Excel may lose an answer and keep the old value for good (office-js 4152, 6662). Only a comparison with what was sent
 * tells such a cell from one that is up to date.
 * @module
 */
import type { Cell } from "../cells.ts";

/** Cells that are remembered; a cell that was forgotten is not compared. */
const maxCells = 100_000;

/** By address. An error is remembered as `error`, whatever its text. */
const sent = new Map<string, string | number | boolean>();

/** @param cells undefined where the cell was sent an error instead */
export function answerSent(
  address: string | undefined,
  cells: readonly (readonly Cell[])[] | undefined,
): void {
  if (address === undefined) return;
  sent.delete(address);
  if (sent.size >= maxCells) sent.delete(String(sent.keys().next().value));
  sent.set(address, valueOf(cells?.[0]?.[0]));
}

/** By address, the first value of the last answer; "error" for an error. */
export function sentAnswers(): ReadonlyMap<string, string | number | boolean> {
  return sent;
}

/** Whether a cell's value is the one that it was sent. Excel may keep a number with 15 digits only. */
export function isShown(answer: string | number | boolean, value: unknown): boolean {
  if (typeof answer !== "number" || typeof value !== "number") return answer === value;
  return Math.abs(answer - value) <= 1e-14 * Math.abs(answer);
}

function valueOf(cell: Cell | undefined): string | number | boolean {
  if (cell === undefined || cell instanceof CustomFunctions.Error) return "error";
  return typeof cell === "object" ? cell.basicValue : cell;
}
