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

/** An error is remembered as `error`, whatever its text. */
export type SentValue = string | number | boolean;

export interface SentAnswers {
  /** @param cells undefined where the cell was sent an error instead */
  readonly record: (address: string | undefined, cells: readonly (readonly Cell[])[] | undefined) => void;
  readonly byAddress: () => ReadonlyMap<string, SentValue>;
}

export function createSentAnswers(): SentAnswers {
  const sent = new Map<string, SentValue>();
  return {
    record(address, cells) {
      if (address === undefined) return;
      sent.delete(address);
      if (sent.size >= maxCells) sent.delete(String(sent.keys().next().value));
      sent.set(address, valueOf(cells?.[0]?.[0]));
    },
    byAddress: () => sent,
  };
}

/** Whether a cell's value is the one that it was sent. Excel may keep a number with 15 digits only. */
export function isShown(answer: SentValue, value: unknown): boolean {
  if (typeof answer !== "number" || typeof value !== "number") return answer === value;
  return Math.abs(answer - value) <= 1e-14 * Math.abs(answer);
}

function valueOf(cell: Cell | undefined): SentValue {
  if (cell === undefined || cell instanceof CustomFunctions.Error) return "error";
  return typeof cell === "object" ? cell.basicValue : cell;
}
