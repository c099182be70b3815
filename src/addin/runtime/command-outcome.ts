/**
 * The outcome of the last command of the ribbon, the cell menu or a shortcut. Excel shows no text for a command, so
 * the pane does.
 * @module
 */
import type { KalError } from "../../kalibrate/errors.ts";
import { createEmitter } from "./emitter.ts";
import type { RefreshOutcome } from "./workbook/data-as-of.ts";

/** A message about a command that ran. */
export type CommandNote =
  | "nothingSelected"
  | "nothingOnSheet"
  | "nothingInWorkbook"
  | "nothingFailed"
  | "stillPaused"
  | "stillWaiting"
  | "emptySheet"
  | "noFigure"
  | "calculatedArgument"
  | "resumed";

/** What a command did, and what it skipped and why. */
export interface CommandResult {
  /** Cells and tables that are refreshed, or formulas that became values. */
  readonly did:
    | { readonly cells: number; readonly tables: number }
    | { readonly converted: number; readonly tables: number }
    /** The name of the new sheet. */
    | { readonly snapshot: string }
    /** Their number, and the name of their sheet. */
    | { readonly records: number; readonly sheet: string };
  /** Set once a refresh has ended. */
  readonly ended?: Pick<RefreshOutcome, "since" | "failed">;
  /** Formulas skipped because they show an error. */
  readonly errors?: number;
  /** Formulas skipped because a call is open for them. */
  readonly waiting?: number;
  /** Formulas skipped because a column is too narrow to tell dates from numbers. */
  readonly narrow?: number;
  /** Formulas skipped because somebody changed or moved them meanwhile. */
  readonly changed?: number;
  /** Names of sheets that Excel refused to read or calculate. */
  readonly sheets?: readonly string[];
  /** Whether the workbook calculates manually: then dependent cells wait for F9. */
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
  /** Calls back after every command. @returns a function that stops this */
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
