/**
 * What the ribbon's buttons, the cells' menu and the shortcuts do. A chunk of its own: the first cell should not wait
 * for it.
 * @module
 */
import type { CommandNote } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { countKalCells, type Scope } from "../runtime/workbook/kal-cells.ts";
import type { Refreshed } from "../runtime/workbook/refresh.ts";
import type { CommandName } from "./command-names.ts";
import { carryOut, type Told } from "./carry-out.ts";
import { convert as convertCells, snapshot } from "./value-commands.ts";

export type Commands = Readonly<Record<CommandName, () => Told | Promise<Told>>>;

export function createCommands(runtime: Runtime): Commands {
  const { pause } = runtime;

  async function refreshAll(scope: Scope): Promise<Told> {
    return told(await runtime.refresh(scope), nothingIn[scope]);
  }

  /** @throws KalError of a table that shows its old rows: in the workbook nothing tells of it. */
  function told({ cells, tables, leftSheets, isManual }: Refreshed, nothing: CommandNote): Told {
    for (const table of tables) if ("error" in table) throw table.error;
    if (cells === 0 && tables.length === 0 && leftSheets.length === 0) return nothing;
    if (pause.isPaused()) return "stillPaused";
    return { did: { cells, tables: tables.length }, sheets: leftSheets, isManual };
  }

  async function togglePause(): Promise<Told> {
    if (pause.isPaused()) {
      await pause.resume();
      return "resumed";
    }
    pause.pause();
    // The cells show nothing of a pause, so the pane does, with the way back.
    return void (await Office.addin.showAsTaskpane());
  }

  async function convert(scope: Scope): Promise<Told> {
    return (await convertCells(scope, runtime)) ?? nothingIn[scope];
  }

  /** Asks first, in the pane: most of it is out of sight. */
  async function convertWorkbook(): Promise<Told> {
    const count = await countKalCells("workbook");
    if (count === 0) return nothingIn.workbook;
    const proceed = () => void carryOut(runtime, "convertWorkbook", () => convert("workbook"), undefined);
    return runtime.confirmation.ask({ command: "convertWorkbook", count }, proceed);
  }

  /** After commands that may have changed what they show; a refresh of the workbook calculates them by itself. */
  async function thenShowStatus(told: Promise<Told>): Promise<Told> {
    const result = await told;
    await runtime.recalculateStatus().catch(() => undefined);
    return result;
  }

  return {
    showPane: () => Office.addin.showAsTaskpane(),
    editFormula: runtime.paneRequests.editSelectedFormula,
    refreshWorkbook: () => refreshAll("workbook"),
    refreshSheet: () => thenShowStatus(refreshAll("sheet")),
    refreshSelection: () => thenShowStatus(refreshAll("selection")),
    retryFailed: () =>
      thenShowStatus(runtime.retryFailed().then((refreshed) => told(refreshed, "nothingFailed"))),
    openSchedule: () => runtime.paneRequests.openSection("settings"),
    snapshotSheet: () => snapshot(runtime),
    convertSelection: () => convert("selection"),
    convertSheet: () => convert("sheet"),
    convertWorkbook,
    // One item for both: to rename it (RibbonApi) would take the person's undo away (office-js 3788).
    togglePause,
  };
}

const nothingIn: Readonly<Record<Scope, CommandNote>> = {
  selection: "nothingSelected",
  sheet: "nothingOnSheet",
  workbook: "nothingInWorkbook",
};
