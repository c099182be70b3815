/**
 * How deep a document may be nested. The vendor's are three levels deep; a hundred thousand levels parse well, and then
 * end every function that walks them.
 * @module
 */
import { KalError } from "../errors.ts";

const maxDepth = 100;

/** @throws KalError KAL_UPSTREAM_INVALID for a value that is nested deeper than any record. */
export function refuseEndlessNesting(value: unknown, levelsLeft = maxDepth): void {
  if (typeof value !== "object" || value === null) return;
  if (levelsLeft === 0) {
    throw new KalError("KAL_UPSTREAM_INVALID", {
      message: `The Kalibrate Data API answered with a record that is nested more than ${maxDepth} levels deep.`,
    });
  }
  for (const member of Object.values(value)) refuseEndlessNesting(member, levelsLeft - 1);
}
