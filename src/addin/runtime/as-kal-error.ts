/**
 * Everything that goes wrong in the add-in, told by the catalogue.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { isAbort } from "./is-abort.ts";

/** By what was thrown: cell, Activity and pane ask for the same one, which is logged once. */
const faults = new WeakMap<object, KalError>();

/**
 * An error of the catalogue as it is; anything else is a fault of the add-in itself, and its cause goes to the console
 * of the web view. A call that was given up is no fault, so it is not logged: Excel shows nothing of its error.
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
