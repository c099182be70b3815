/**
 * The origin's storage, which all workbooks on this computer share.
 * @module
 */

/** Excel on the web partitions storage by site and provides a key for it (undefined on the desktop). */
export function storageKey(name: string): string {
  const partition = typeof Office === "undefined" ? undefined : Office.context?.partitionKey;
  return `${partition ?? ""}kal.${name}`;
}

/** The JSON stored under a name; undefined if storage is empty, damaged or refused (private windows). */
export function readStored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(storageKey(name)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON. If storage is refused, nothing is stored; callers must only lose convenience by that. */
export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(storageKey(name), JSON.stringify(value));
  } catch {
    // Nothing is stored.
  }
}
