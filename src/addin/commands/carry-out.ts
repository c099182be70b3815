/**
 * Runs a command and reports its result in the pane.
 * @module
 */
import type { CommandNote, CommandResult } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { asRefusal } from "../runtime/workbook/excel-refusal.ts";

/** What the pane reports: a note if the command did nothing, otherwise what it did and skipped. */
export type Told = CommandNote | CommandResult | Begun | undefined | void;

/** What a command has begun, and what it has done in the end. */
export interface Begun {
  readonly begun: CommandResult;
  readonly end: Promise<CommandResult>;
}

export type CommandEvent = Partial<Office.AddinCommands.Event>;

/**
 * Excel keeps the button busy until the command is completed, so we complete it in any case. A shortcut has no button:
 * its event cannot be completed or is missing.
 */
export async function carryOut(
  { activity, commandOutcomes, paneRequests }: Runtime,
  name: string,
  command: () => Told | Promise<Told>,
  event: CommandEvent | undefined,
): Promise<void> {
  try {
    const returned = (await command()) ?? undefined;
    const isBegun = typeof returned === "object" && "begun" in returned;
    const told = isBegun ? returned.begun : returned;
    const outcome = { command: name, ...(typeof told === "string" ? { note: told } : { result: told }) };
    commandOutcomes.tell(outcome);
    if (isBegun) {
      void returned.end.then((result) => {
        // Not over the outcome of a later command.
        if (commandOutcomes.last() === outcome) commandOutcomes.tell({ command: name, result });
      });
    }
    // We do not change the section, because a notice is shown above all of them.
    if (told && needsWords(told)) await Office.addin.showAsTaskpane().catch(() => undefined);
  } catch (error) {
    // Excel refused, for example on a protected sheet, or a table keeps its old rows.
    const refusal = asRefusal(error);
    activity.refused(name, refusal);
    commandOutcomes.tell({ command: name, error: refusal });
    await paneRequests.openSection("activity").catch(() => undefined);
  } finally {
    event?.completed?.();
  }
}

/**
 * Whether to show the pane. It may take the keyboard focus from the grid (office-js 5050), so not for a command that
 * simply succeeded.
 */
function needsWords(told: CommandNote | CommandResult): boolean {
  if (typeof told === "string") return true;
  const { errors, waiting, narrow, changed, sheets, isManual } = told;
  return Boolean(errors || waiting || narrow || changed || sheets?.length || isManual);
}
