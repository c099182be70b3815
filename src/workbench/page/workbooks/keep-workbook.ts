/**
 * Saves the workbook in the browser as it changes.
 * @module
 */
import { CommandType, ICommandService } from "@univerjs/core";
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import type { Workbook } from "../../excel-host/workbook.ts";
import type { Calls } from "../functions/calls.ts";
import type { Grid } from "../grid/grid.ts";
import { workbookOf } from "../grid/open-workbook.ts";
import type { KeptWorkbook } from "./kept-workbook.ts";
import { leaveBehind, updateWorkbook } from "./workbook-store.ts";

/** Milliseconds after a change: changes come in series, and saving each one would slow down typing. */
const delay = 500;

export interface Keeping {
  /** Returns the current workbook. */
  readonly read: () => KeptWorkbook;
  /** Saves now; resolves when the browser has stored it. */
  readonly keep: () => Promise<void>;
  /** Call this when something outside the grid has changed. */
  readonly changed: () => void;
}

/**
 * @param document what the add-in saves with the workbook
 * @param failed called when the browser cannot store it: no space, or storage refused
 */
export function keepWorkbook(
  grid: Grid,
  { id, name }: KeptWorkbook,
  spreadsheet: SpreadsheetModel,
  calls: Calls,
  document: Workbook,
  failed: (error: unknown) => void,
): Keeping {
  let timer: number | undefined;
  const read = () => ({
    id,
    name,
    changedAt: Date.now(),
    content: workbookOf(grid).save(),
    selection: spreadsheet.selection(),
    answers: calls.answers(),
    settings: document.readSettings(),
    startsAddin: document.startsAddin(),
  });
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    return updateWorkbook(read());
  };
  const changed = () => {
    timer ??= window.setTimeout(() => void keep().catch(failed), delay);
  };
  grid.injector.get(ICommandService).onCommandExecuted(({ type }) => {
    if (type === CommandType.MUTATION) changed();
  });
  addEventListener("pagehide", () => {
    if (timer !== undefined && !leaveBehind(read())) void keep().catch(failed);
  });
  return { read, keep, changed };
}
