/**
 * What the ribbon's buttons, the menu of cells and the shortcuts do: manifest.xml and shortcuts.json name these.
 * @module
 */
import { activity } from "../runtime/activity/activity.ts";
import { editSelectedFormula, openSection } from "../runtime/open-section.ts";
import type { RefreshedTable } from "../runtime/tables/refresh-tables.ts";
import { convertToValues } from "../runtime/workbook/convert-to-values.ts";
import { asRefusal } from "../runtime/workbook/excel-refusal.ts";
import type { Scope } from "../runtime/workbook/kal-cells.ts";
import { isPaused, pause, resume } from "../runtime/workbook/pause.ts";
import { refresh, retryFailed } from "../runtime/workbook/refresh.ts";

/** By the FunctionName in manifest.xml, which is the action's id in shortcuts.json. */
const commands: Readonly<Record<string, () => unknown>> = {
  showPane: () => Office.addin.showAsTaskpane(),
  editFormula: editSelectedFormula,
  refreshWorkbook: () => refreshAll("workbook"),
  refreshSheet: () => refreshAll("sheet"),
  refreshSelection: () => refreshAll("selection"),
  retryFailed: async () => tellFailures(await retryFailed()),
  convertSelection: () => convertToValues("selection"),
  // One item for both: to rename it (RibbonApi) would take the person's undo away (office-js 3788).
  togglePause: () => (isPaused() ? resume() : pause()),
};

async function refreshAll(scope: Scope): Promise<void> {
  const { tables } = await refresh(scope);
  tellFailures(tables);
}

/** @throws KalError of a table that shows its old rows: in the workbook nothing tells of it. */
function tellFailures(tables: readonly RefreshedTable[]): void {
  for (const table of tables) if ("error" in table) throw table.error;
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
    await commands[name]?.();
  } catch (error) {
    // Excel refuses where a sheet is protected, or a table keeps its old rows. A command has no place of its own for
    // words: the pane says why.
    activity.refused(name, asRefusal(error));
    await openSection("activity").catch(() => undefined);
  } finally {
    event?.completed?.();
  }
}
