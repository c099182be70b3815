/**
 * Chooses between records of the same time: an amended price exists next to the one that it amends.
 * @module
 */

/** When a record was written, in milliseconds since the epoch; NaN if unknown. */
export interface Written {
  /** The last change; if the record was never changed, its creation. */
  readonly changed: number;
  readonly created: number;
}

/** Compares by `updatedOn`, then by `createdOn`. Positive if `left` is newer, negative if it is older, 0 if unknown. */
export function compareWritten(left: Written, right: Written): number {
  return difference(left.changed, right.changed) || difference(left.created, right.created);
}

function difference(left: number, right: number): number {
  return left > right ? 1 : left < right ? -1 : 0;
}

/** @param updatedOn @param createdOn ISO texts; anything else counts as absent. */
export function readWritten(updatedOn: unknown, createdOn: unknown): Written {
  const created = instant(createdOn);
  const updated = updatedOn === createdOn ? created : instant(updatedOn);
  return { changed: Number.isNaN(updated) ? created : updated, created };
}

function instant(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : NaN;
}
