/**
 * What the workbook itself remembers, saved in the file: names and choices, never a ticket or a secret.
 *
 * `document.settings` is a copy from the time of opening, and its `saveAsync` writes all of it: of two people in one
 * workbook the last would take away what the other has saved (typings of Office.Settings). So it is only read, and
 * each value is written under a key of its own by `workbook.settings`.
 * @module
 */
import { runOptions } from "./kal-cells.ts";

const connectionKey = "KAL.connection";
const refreshOnOpenKey = "KAL.refreshOnOpen";

/** What this runtime has changed since the workbook was opened. */
const changed = new Map<string, unknown>();
/** Of these, what Excel has not taken yet. */
let unsaved = new Map<string, unknown>();
let saving: Promise<void> = Promise.resolve();

/** What is saved under a name; undefined for a new workbook. */
export function readWorkbookSetting(key: string): unknown {
  if (changed.has(key)) return changed.get(key);
  return documentSettings()?.get(key) ?? undefined;
}

function documentSettings(): Office.Settings | undefined {
  return typeof Office === "undefined" ? undefined : Office.context?.document?.settings;
}

/**
 * Remembers values in the workbook; they are in the file once the analyst saves it. Equal ones are not written again,
 * as saving settings may clear Excel's undo (office-js 3141). What Excel refuses is tried again with the next change.
 */
export function writeWorkbookSettings(values: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (JSON.stringify(readWorkbookSetting(key)) === JSON.stringify(value)) continue;
    changed.set(key, value);
    unsaved.set(key, value);
    // A page that is loaded again in the same web view gets office.js's copy from sessionStorage, which `set` updates.
    documentSettings()?.set(key, value);
  }
  if (unsaved.size > 0) saving = saving.then(save);
}

async function save(): Promise<void> {
  const values = unsaved;
  unsaved = new Map();
  try {
    await Excel.run(runOptions, async (context) => {
      for (const [key, value] of values) context.workbook.settings.add(key, value);
      await context.sync();
    });
  } catch {
    unsaved = new Map([...values, ...unsaved]);
  }
}

/** Name of the connection that this workbook's formulas use; undefined for a new workbook. */
export function workbookConnection(): string | undefined {
  const name = readWorkbookSetting(connectionKey);
  return typeof name === "string" ? name : undefined;
}

/** Makes a connection the workbook's own. */
export function rememberWorkbookConnection(name: string): void {
  writeWorkbookSettings({ [connectionKey]: name });
}

/** Whether opening this workbook pulls new data. Off unless somebody has switched it on here. */
export function refreshesOnOpen(): boolean {
  return readWorkbookSetting(refreshOnOpenKey) === true;
}

export function rememberRefreshOnOpen(isOn: boolean): void {
  writeWorkbookSettings({ [refreshOnOpenKey]: isOn });
}
