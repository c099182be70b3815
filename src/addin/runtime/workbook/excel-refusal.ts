/**
 * Turns Excel's errors into ours, which say what to do.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../as-kal-error.ts";

/** Any error as a KalError; Excel's errors as KAL_EXCEL_REFUSED. */
export function asRefusal(error: unknown): KalError {
  if (!(error instanceof OfficeExtension.Error)) return asKalError(error);
  return new KalError("KAL_EXCEL_REFUSED", { message: `Excel refuses: ${error.message}`, cause: error });
}

/** @throws KalError KAL_EXCEL_REFUSED for Excel's errors; all other errors, including aborts, unchanged. */
export async function inOurWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OfficeExtension.Error ? asRefusal(error) : error;
  }
}
