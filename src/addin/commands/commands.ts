/**
 * The actions of the ribbon, the cell menu and the shortcuts. A separate chunk, so that the first cell does not wait
 * for it.
 * @module
 */
import type { CommandNote } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { describeScope, type Scope } from "../runtime/workbook/kal-cells.ts";
import type { StartedRefresh } from "../runtime/workbook/refresh.ts";
import type { CommandName } from "./command-names.ts";
import { carryOut, type Told } from "./carry-out.ts";
import { showRecords } from "./records/show-records.ts";
import { convert as convertCells, countConvertible, snapshot } from "./value-commands.ts";

export type Commands = Readonly<Record<CommandName, () => Told | Promise<Told>>>;

export function createCommands(runtime: Runtime): Commands {
  const { pause } = runtime;

  async function refreshAll(scope: Scope): Promise<Told> {
    return told(await runtime.refresh(scope), nothingIn[scope]);
  }

  /** @throws KalError of a table that keeps its old rows, because the workbook itself does not show this. */
  function told(
    { cells, tables, leftSheets, isManual, done, outcome }: StartedRefresh,
    nothing: CommandNote,
  ): Told {
    for (const table of tables) if ("error" in table) throw table.error;
    if (cells === 0 && tables.length === 0 && leftSheets.length === 0) return nothing;
    if (pause.isPaused()) return "stillPaused";
    const begun = { did: { cells, tables: tables.length }, sheets: leftSheets, isManual };
    return { begun, end: done.then(() => ({ ...begun, ended: outcome() })) };
  }

  async function togglePause(): Promise<Told> {
    if (pause.isPaused()) {
      await pause.resume();
      return "resumed";
    }
    pause.pause();
    // The cells do not show a pause, so the pane shows it and how to end it.
    return void (await Office.addin.showAsTaskpane());
  }

  async function convert(scope: Scope): Promise<Told> {
    return (await convertCells(scope, runtime)) ?? nothingIn[scope];
  }

  /**
   * Says how much it is and asks for confirmation in the pane, because most of it may be out of sight. A single
   * selected formula needs no question. After another selection, or on another sheet, it asks again: the answer was
   * about other cells.
   */
  async function convertAfterAsking(scope: Scope): Promise<Told> {
    const meant = await describeScope(scope);
    const { formulas, tables } = await countConvertible(scope, runtime);
    if (formulas + tables === 0) return nothingIn[scope];
    if (scope === "selection" && formulas === 1 && tables === 0) return convert(scope);
    const command = convertCommands[scope];
    const work = async () =>
      (await describeScope(scope)) === meant ? convert(scope) : convertAfterAsking(scope);
    return runtime.confirmation.ask({ command, formulas, tables }, () =>
      carryOut(runtime, command, work, undefined),
    );
  }

  /**
   * Recalculates status cells after commands that may have changed them. A refresh of the workbook does that itself.
   */
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
    showRecords: () => showRecords(runtime),
    snapshotSheet: () => snapshot(runtime),
    convertSelection: () => convertAfterAsking("selection"),
    convertSheet: () => convertAfterAsking("sheet"),
    convertWorkbook: () => convertAfterAsking("workbook"),
    // One item for both states: renaming it (RibbonApi) would clear the person's undo (office-js 3788).
    togglePause,
  };
}

const convertCommands = {
  selection: "convertSelection",
  sheet: "convertSheet",
  workbook: "convertWorkbook",
} as const;

const nothingIn: Readonly<Record<Scope, CommandNote>> = {
  selection: "nothingSelected",
  sheet: "nothingOnSheet",
  workbook: "nothingInWorkbook",
};
