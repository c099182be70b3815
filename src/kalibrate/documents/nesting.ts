/**
 * Limits how deeply a document may be nested. The vendor's documents have three levels. JSON.parse accepts a hundred
 * thousand, but every recursive function would then overflow the stack.
 * @module
 */
import { KalError } from "../errors.ts";

const maxDepth = 100;

/** @throws KalError KAL_UPSTREAM_INVALID for a value that is nested more than 100 levels deep. */
export function refuseEndlessNesting(value: unknown, levelsLeft = maxDepth): void {
  if (typeof value !== "object" || value === null) return;
  if (levelsLeft === 0) {
    throw new KalError("KAL_UPSTREAM_INVALID", {
      message: `The Kalibrate Data API sent a record that is nested more than ${maxDepth} levels deep.`,
    });
  }
  for (const member of Object.values(value)) refuseEndlessNesting(member, levelsLeft - 1);
}
