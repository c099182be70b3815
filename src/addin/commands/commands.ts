/**
 * What the ribbon's buttons, the menu of cells and the shortcuts do: manifest.xml and shortcuts.json name these.
 * @module
 */
import { activity } from "../runtime/activity/activity.ts";
import { type CommandNote, type CommandResult, tellOutcome } from "../runtime/command-outcome.ts";
import { editSelectedFormula, openSection } from "../runtime/open-section.ts";
import { convertToValues } from "../runtime/workbook/convert-to-values.ts";
import { asRefusal } from "../runtime/workbook/excel-refusal.ts";
import type { Scope } from "../runtime/workbook/kal-cells.ts";
import { isPaused, pause, resume } from "../runtime/workbook/pause.ts";
import { refresh, type Refreshed, retryFailed } from "../runtime/workbook/refresh.ts";

/** What a command has to tell: a note where it did nothing, else what it did and left. */
type Told = CommandNote | CommandResult | undefined | void;

/** By the FunctionName in manifest.xml, which is the action's id in shortcuts.json. */
const commands: Readonly<Record<string, () => Told | Promise<Told>>> = {
  showPane: () => Office.addin.showAsTaskpane(),
  editFormula: editSelectedFormula,
  refreshWorkbook: () => refreshAll("workbook"),
  refreshSheet: () => refreshAll("sheet"),
  refreshSelection: () => refreshAll("selection"),
  retryFailed: async () => told(await retryFailed(), "nothingFailed"),
  convertSelection,
  // One item for both: to rename it (RibbonApi) would take the person's undo away (office-js 3788).
  togglePause,
};

const nothingIn: Readonly<Record<Scope, CommandNote>> = {
  selection: "nothingSelected",
  sheet: "nothingOnSheet",
  workbook: "nothingInWorkbook",
};

async function refreshAll(scope: Scope): Promise<Told> {
  return told(await refresh(scope), nothingIn[scope]);
}

/** @throws KalError of a table that shows its old rows: in the workbook nothing tells of it. */
function told({ cells, tables, leftSheets, isManual }: Refreshed, nothing: CommandNote): Told {
  for (const table of tables) if ("error" in table) throw table.error;
  if (cells === 0 && tables.length === 0 && leftSheets.length === 0) return nothing;
  if (isPaused()) return "stillPaused";
  return { did: { cells, tables: tables.length }, sheets: leftSheets, isManual };
}

async function togglePause(): Promise<Told> {
  if (isPaused()) {
    await resume();
    return "resumed";
  }
  pause();
  // Whoever pauses sees nothing of it in the cells, and needs the way back: the pane tells of both while it lasts.
  return void (await Office.addin.showAsTaskpane());
}

async function convertSelection(): Promise<Told> {
  const { converted, left, waiting, narrow, changed, unread } = await convertToValues("selection");
  if (converted + left + waiting + narrow + changed + unread.length === 0) return nothingIn.selection;
  return { did: { converted }, errors: left, waiting, narrow, changed, sheets: unread };
}

/**
 * Whether the pane comes forward for it. It may take the keyboard from the grid (office-js 5050), so it does not for
 * what went well.
 */
function needsWords(told: CommandNote | CommandResult): boolean {
  if (typeof told === "string") return true;
  const { errors, waiting, narrow, changed, sheets, isManual } = told;
  return Boolean(errors || waiting || narrow || changed || sheets?.length || isManual);
}

type CommandEvent = Partial<Office.AddinCommands.Event>;

/** Makes them known to Excel, which holds back clicks until then. */
export function associateCommands(): void {
  for (const name of Object.keys(commands)) {
    Office.actions.associate(name, (event?: CommandEvent) => void carryOut(name, event));
  }
}

/**
 * Excel keeps the button busy until it is told that the command is over, so it is told whatever happens. A shortcut
 * has no button: it brings an event that cannot be completed, or none.
 */
async function carryOut(name: string, event: CommandEvent | undefined): Promise<void> {
  try {
    const told = (await commands[name]?.()) ?? undefined;
    tellOutcome({ command: name, ...(typeof told === "string" ? { note: told } : { result: told }) });
    // Which section is shown is the person's: what is told stands above all of them.
    if (told && needsWords(told)) await Office.addin.showAsTaskpane().catch(() => undefined);
  } catch (error) {
    // Excel refuses where a sheet is protected, or a table keeps its old rows.
    const refusal = asRefusal(error);
    activity.refused(name, refusal);
    tellOutcome({ command: name, error: refusal });
    await openSection("activity").catch(() => undefined);
  } finally {
    event?.completed?.();
  }
}
