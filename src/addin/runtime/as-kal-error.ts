/**
 * Converts any error in the add-in to a KalError.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { isAbort } from "./is-abort.ts";

/** By the thrown error: cell, Activity and pane convert the same error, which should be logged once. */
const faults = new WeakMap<object, KalError>();

/**
 * Returns a KalError unchanged. Any other error is a bug in the add-in: its cause is logged in the web view's console.
 * An aborted call is not logged, because Excel does not show its error.
 */
export function asKalError(error: unknown): KalError {
  if (error instanceof KalError) return error;
  const cause = typeof error === "object" && error !== null ? error : new Error(String(error));
  const known = faults.get(cause);
  if (known) return known;
  if (!isAbort(cause)) console.error("KAL_ADDIN_INTERNAL", cause);
  const fault = new KalError("KAL_ADDIN_INTERNAL", { cause });
  faults.set(cause, fault);
  return fault;
}
