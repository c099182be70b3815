/**
 * What the ribbon's buttons, the cells' menu and the shortcuts do: manifest.xml and shortcuts.json name these.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { CommandNote, CommandResult } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { asRefusal } from "../runtime/workbook/excel-refusal.ts";
import { countKalCells, type Scope } from "../runtime/workbook/kal-cells.ts";
import type { Refreshed } from "../runtime/workbook/refresh.ts";
import type * as ValueCommands from "./value-commands.ts";

/** What the pane says of a command: a note where it did nothing, else what it did and left. */
type Told = CommandNote | CommandResult | undefined | void;

/** By the FunctionName in manifest.xml, which is the action's id in shortcuts.json. */
type Commands = Readonly<Record<string, () => Told | Promise<Told>>>;

function createCommands(runtime: Runtime): Commands {
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
    return (await (await loadValueCommands()).convert(scope, runtime)) ?? nothingIn[scope];
  }

  /** Asks first, in the pane: most of it is out of sight. */
  async function convertWorkbook(): Promise<Told> {
    const count = await countKalCells("workbook");
    if (count === 0) return nothingIn.workbook;
    const goOn = () => void carryOut(runtime, "convertWorkbook", () => convert("workbook"), undefined);
    return runtime.confirmation.ask({ command: "convertWorkbook", count }, goOn);
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
    snapshotSheet: async () => (await loadValueCommands()).snapshot(runtime),
    convertSelection: () => convert("selection"),
    convertSheet: () => convert("sheet"),
    convertWorkbook,
    // One item for both: to rename it (RibbonApi) would take the person's undo away (office-js 3788).
    togglePause,
  };
}

/** @throws KalError KAL_OFFLINE where the code cannot be loaded; the next command tries again */
async function loadValueCommands(): Promise<typeof ValueCommands> {
  try {
    return await import("./value-commands.ts");
  } catch (cause) {
    throw new KalError("KAL_OFFLINE", { cause });
  }
}

const nothingIn: Readonly<Record<Scope, CommandNote>> = {
  selection: "nothingSelected",
  sheet: "nothingOnSheet",
  workbook: "nothingInWorkbook",
};

/**
 * Whether the pane is shown for it. It may take the keyboard from the grid (office-js 5050), so it is not for a command
 * that simply succeeded.
 */
function needsWords(told: CommandNote | CommandResult): boolean {
  if (typeof told === "string") return true;
  const { errors, waiting, narrow, changed, sheets, isManual } = told;
  return Boolean(errors || waiting || narrow || changed || sheets?.length || isManual);
}

type CommandEvent = Partial<Office.AddinCommands.Event>;

/** Makes the commands known to Excel, which holds back clicks until then. */
export function associateCommands(runtime: Runtime): void {
  const commands = createCommands(runtime);
  // Now, behind the functions: later the service may be away, and values can be kept without it.
  void Office.onReady(() => loadValueCommands().catch(() => undefined));
  for (const [name, command] of Object.entries(commands)) {
    Office.actions.associate(name, (event?: CommandEvent) => void carryOut(runtime, name, command, event));
  }
}

/**
 * Excel keeps the button busy until the command is completed, so it is completed whatever happens. A shortcut has no
 * button: it brings an event that cannot be completed, or none.
 */
async function carryOut(
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
