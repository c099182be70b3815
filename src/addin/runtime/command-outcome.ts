/**
 * What came of the last command of the ribbon, of the menu of cells or of a shortcut. A command has no place of its own
 * for words, so the pane says them.
 * @module
 */
import type { KalError } from "../../kalibrate/errors.ts";

/** Something to tell of a command that was carried out. */
export type CommandNote =
  "nothingSelected" | "nothingOnSheet" | "nothingInWorkbook" | "nothingFailed" | "stillPaused" | "resumed";

/** What a command did, what it left as it was, and why. */
export interface CommandResult {
  /** Cells and tables that were asked for again, or formulas that became values. */
  readonly did: { readonly cells: number; readonly tables: number } | { readonly converted: number };
  /** Formulas left because they show an error. */
  readonly errors?: number;
  /** Formulas left because a call is open for them. */
  readonly waiting?: number;
  /** Formulas left because a column is too narrow to tell its dates. */
  readonly narrow?: number;
  /** Formulas left because somebody changed or moved them meanwhile. */
  readonly changed?: number;
  /** Names of sheets that Excel did not let read or calculate. */
  readonly sheets?: readonly string[];
  /** Whether the workbook calculates manually: what builds on the cells waits for F9. */
  readonly isManual?: boolean;
}

export interface CommandOutcome {
  /** Its name in manifest.xml: `refreshSheet`. */
  readonly command: string;
  readonly error?: KalError;
  readonly note?: CommandNote | undefined;
  readonly result?: CommandResult | undefined;
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
