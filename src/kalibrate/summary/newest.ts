/**
 * Which of several records of the same time counts: an amended price stands beside the one that it amends.
 * @module
 */

/** When a record was written, in milliseconds since the epoch; NaN where it does not say. */
export interface Written {
  /** The last change, or the creation of a record that was never changed. */
  readonly changed: number;
  readonly created: number;
}

/**
 * Positive where `one` is newer than `other`, negative where it is older, 0 where nothing tells them apart: by
 * `updatedOn`, then by `createdOn`.
 */
export function compareWritten(one: Written, other: Written): number {
  return difference(one.changed, other.changed) || difference(one.created, other.created);
}

function difference(one: number, other: number): number {
  return one > other ? 1 : one < other ? -1 : 0;
}

/** @param updatedOn @param createdOn ISO texts, or anything else where they are absent. */
export function readWritten(updatedOn: unknown, createdOn: unknown): Written {
  const created = instant(createdOn);
  const updated = instant(updatedOn);
  return { changed: Number.isNaN(updated) ? created : updated, created };
}

function instant(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : NaN;
}
