/**
 * What the workbook itself remembers, saved in the file: names and choices, never a ticket or a secret.
 * @module
 */

const connectionKey = "KAL.connection";
const refreshOnOpenKey = "KAL.refreshOnOpen";

function settings(): Office.Settings | undefined {
  return typeof Office === "undefined" ? undefined : Office.context?.document?.settings;
}

/** What is saved under a name; undefined for a new workbook. */
export function readWorkbookSetting(key: string): unknown {
  return settings()?.get(key) ?? undefined;
}

/** Remembers values in the workbook; they are in the file once the analyst saves it. */
export function writeWorkbookSettings(values: Readonly<Record<string, unknown>>): void {
  const document = settings();
  if (!document) return;
  for (const [key, value] of Object.entries(values)) document.set(key, value);
  document.saveAsync();
}

/** Name of the connection that this workbook's formulas use; undefined for a new workbook. */
export function workbookConnection(): string | undefined {
  const name = readWorkbookSetting(connectionKey);
  return typeof name === "string" ? name : undefined;
}

/** Makes a connection the workbook's own. */
export function rememberWorkbookConnection(name: string): void {
  if (readWorkbookSetting(connectionKey) !== name) writeWorkbookSettings({ [connectionKey]: name });
}

/** Whether opening this workbook pulls new data. Off unless somebody has switched it on here. */
export function refreshesOnOpen(): boolean {
  return readWorkbookSetting(refreshOnOpenKey) === true;
}

export function rememberRefreshOnOpen(isOn: boolean): void {
  writeWorkbookSettings({ [refreshOnOpenKey]: isOn });
}
