/**
 * Excel's own refusals, in words that say what to do.
 * @module
 */
import { asKalError, KalError } from "../../../kalibrate/errors.ts";

/** What failed as an error of the catalogue; Excel's errors as KAL_EXCEL_REFUSED. */
export function asRefusal(error: unknown): KalError {
  if (!(error instanceof OfficeExtension.Error)) return asKalError(error);
  return new KalError("KAL_EXCEL_REFUSED", { message: `Excel refuses: ${error.message}`, cause: error });
}
