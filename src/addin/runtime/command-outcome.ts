/**
 * The outcome of the last command of the ribbon, of the cells' menu or of a shortcut. Excel shows no text for a command,
 * so the pane does.
 * @module
 */
import type { KalError } from "../../kalibrate/errors.ts";
import { createEmitter } from "./emitter.ts";

/** Something to tell of a command that was carried out. */
export type CommandNote =
  | "nothingSelected"
  | "nothingOnSheet"
  | "nothingInWorkbook"
  | "nothingFailed"
  | "stillPaused"
  | "stillWaiting"
  | "emptySheet"
  | "resumed";

/** What a command did, what it left as it was, and why. */
export interface CommandResult {
  /** Cells and tables that were asked for again, or formulas that became values. */
  readonly did:
    | { readonly cells: number; readonly tables: number }
    | { readonly converted: number }
    /** The name of a sheet. */
    | { readonly snapshot: string };
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

export interface CommandOutcomes {
  readonly tell: (outcome: CommandOutcome) => void;
  /** The outcome of the last command, if there was one. */
  readonly last: () => CommandOutcome | undefined;
  /** Calls back after every command. @returns a function that ends it */
  readonly onChange: (listener: () => void) => () => void;
}

export function createCommandOutcomes(): CommandOutcomes {
  const changes = createEmitter();
  let last: CommandOutcome | undefined;
  return {
    tell(outcome) {
      last = outcome;
      changes.emit();
    },
    last: () => last,
    onChange: changes.on,
  };
}
