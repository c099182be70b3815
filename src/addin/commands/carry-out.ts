/**
 * Carries out a command and tells in the pane what came of it.
 * @module
 */
import type { CommandNote, CommandResult } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { asRefusal } from "../runtime/workbook/excel-refusal.ts";

/** What the pane says of a command: a note where it did nothing, else what it did and left. */
export type Told = CommandNote | CommandResult | undefined | void;

export type CommandEvent = Partial<Office.AddinCommands.Event>;

/**
 * Excel keeps the button busy until the command is completed, so it is completed whatever happens. A shortcut has no
 * button: it brings an event that cannot be completed, or none.
 */
export async function carryOut(
  { activity, commandOutcomes, paneRequests }: Runtime,
  name: string,
  command: () => Told | Promise<Told>,
  event: CommandEvent | undefined,
): Promise<void> {
  try {
    const told = (await command()) ?? undefined;
    commandOutcomes.tell({
      command: name,
      ...(typeof told === "string" ? { note: told } : { result: told }),
    });
    // The person chooses the section; a notice stands above all of them.
    if (told && needsWords(told)) await Office.addin.showAsTaskpane().catch(() => undefined);
  } catch (error) {
    // Excel refuses where a sheet is protected, or a table keeps its old rows.
    const refusal = asRefusal(error);
    activity.refused(name, refusal);
    commandOutcomes.tell({ command: name, error: refusal });
    await paneRequests.openSection("activity").catch(() => undefined);
  } finally {
    event?.completed?.();
  }
}

/**
 * Whether the pane is shown for it. It may take the keyboard from the grid (office-js 5050), so it is not for a command
 * that simply succeeded.
 */
function needsWords(told: CommandNote | CommandResult): boolean {
  if (typeof told === "string") return true;
  const { errors, waiting, narrow, changed, sheets, isManual } = told;
  return Boolean(errors || waiting || narrow || changed || sheets?.length || isManual);
}
