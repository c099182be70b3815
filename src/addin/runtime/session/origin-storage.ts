/**
 * The origin's storage: what stays on this computer and is shared by all its workbooks.
 * @module
 */

/** Excel on the web partitions storage by site and says so with a key (undefined on the desktop). */
export function storageKey(name: string): string {
  const partition = typeof Office === "undefined" ? undefined : Office.context?.partitionKey;
  return `${partition ?? ""}kal.${name}`;
}

/** The JSON that is stored under a name; undefined where storage is empty, damaged or refused (private windows). */
export function readStored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(storageKey(name)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON. Where storage is refused nothing is kept, and what relies on it is only forgotten earlier. */
export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(storageKey(name), JSON.stringify(value));
  } catch {
    // See above.
  }
}
