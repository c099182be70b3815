/**
 * What the ribbon's buttons do: the manifest names these functions.
 * @module
 */
import { convertToValues } from "../runtime/workbook/convert-to-values.ts";
import type { RefreshedTable } from "../runtime/tables/refresh-tables.ts";
import type { Scope } from "../runtime/workbook/kal-cells.ts";
import { refresh, retryFailed } from "../runtime/workbook/refresh.ts";

/** By the FunctionName in manifest.xml. */
const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  refreshWorkbook: () => refreshAll("workbook"),
  refreshSheet: () => refreshAll("sheet"),
  refreshSelection: () => refreshAll("selection"),
  retryFailed: async () => tellFailures(await retryFailed()),
  convertSelection: () => convertToValues("selection"),
};

async function refreshAll(scope: Scope): Promise<void> {
  const { tables } = await refresh(scope);
  tellFailures(tables);
}

/** @throws KalError of a table that shows its old rows: in the workbook nothing tells of it. */
function tellFailures(tables: readonly RefreshedTable[]): void {
  for (const table of tables) if ("error" in table) throw table.error;
}

/** Makes them known to Excel, which holds back clicks until then. */
export function associateCommands(): void {
  for (const [name, run] of Object.entries(commands)) {
    Office.actions.associate(name, (event: Office.AddinCommands.Event) => void carryOut(run, event));
  }
}

/** Excel keeps the button busy until it is told that the command is over, so it is told whatever happens. */
async function carryOut(run: () => Promise<unknown>, event: Office.AddinCommands.Event): Promise<void> {
  try {
    await run();
  } catch {
    // Excel refuses where a sheet is protected, or a table keeps its old rows. A command has no place of its own for
    // words: the pane comes forward.
    await Office.addin.showAsTaskpane().catch(() => undefined);
  } finally {
    event.completed();
  }
}
