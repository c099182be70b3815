/**
 * What the workbook itself remembers, saved in the file: names and choices, never a ticket or a secret.
 * @module
 */

const connectionKey = "KAL.connection";

function settings(): Office.Settings | undefined {
  return typeof Office === "undefined" ? undefined : Office.context?.document?.settings;
}

/** Name of the connection that this workbook's formulas use; undefined for a new workbook. */
export function workbookConnection(): string | undefined {
  const name: unknown = settings()?.get(connectionKey);
  return typeof name === "string" ? name : undefined;
}

/** Remembers the connection in the workbook; it is in the file once the analyst saves it. */
export function rememberWorkbookConnection(name: string): void {
  const document = settings();
  if (!document || document.get(connectionKey) === name) return;
  document.set(connectionKey, name);
  document.saveAsync();
}
