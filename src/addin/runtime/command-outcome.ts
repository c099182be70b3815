/**
 * What came of the last command of the ribbon, of the menu of cells or of a shortcut. A command has no place of its own
 * for words, so the pane says them.
 * @module
 */
import type { KalError } from "../../kalibrate/errors.ts";

/** Something to tell of a command that was carried out. */
export type CommandNote =
  | "nothingSelected"
  | "nothingOnSheet"
  | "nothingInWorkbook"
  | "nothingFailed"
  | "errorsLeft"
  | "stillPaused"
  | "resumed";

export interface CommandOutcome {
  /** Its name in manifest.xml: `refreshSheet`. */
  readonly command: string;
  readonly error?: KalError;
  readonly note?: CommandNote | undefined;
}

let last: CommandOutcome | undefined;
let listener: (() => void) | undefined;

export function tellOutcome(outcome: CommandOutcome): void {
  last = outcome;
  listener?.();
}

export function lastOutcome(): CommandOutcome | undefined {
  return last;
}

/** Calls back after every command; the pane alone listens. */
export function onOutcome(called: () => void): void {
  listener = called;
}
