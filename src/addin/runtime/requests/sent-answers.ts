/**
 * The first value of the last answer sent to each cell.
 *
 * Excel may lose an answer and keep the old value forever (office-js 4152, 6662). We find such a cell by comparing its
 * value with the value that was sent.
 * @module
 */
import type { Cell } from "../cells.ts";

/** Maximum number of cells tracked; other cells are not compared. */
const maxCells = 100_000;

/** Every error is stored as `error`, whatever its text. */
export type SentValue = string | number | boolean;

export interface SentAnswers {
  /** @param cells undefined if the cell was sent an error */
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

/** Whether a cell shows the value that it was sent. Excel may round a number to 15 digits. */
export function isShown(answer: SentValue, value: unknown): boolean {
  if (typeof answer !== "number" || typeof value !== "number") return answer === value;
  return Math.abs(answer - value) <= 1e-14 * Math.abs(answer);
}

function valueOf(cell: Cell | undefined): SentValue {
  if (cell === undefined || cell instanceof CustomFunctions.Error) return "error";
  return typeof cell === "object" ? cell.basicValue : cell;
}
