/**
 * Excel's own refusals, in words that say what to do.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../as-kal-error.ts";

/** What failed as an error of the catalogue; Excel's errors as KAL_EXCEL_REFUSED. */
export function asRefusal(error: unknown): KalError {
  if (!(error instanceof OfficeExtension.Error)) return asKalError(error);
  return new KalError("KAL_EXCEL_REFUSED", { message: `Excel refuses: ${error.message}`, cause: error });
}

/** @throws KalError KAL_EXCEL_REFUSED in place of Excel's errors; all others, a given-up work's too, as they are. */
export async function inOurWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OfficeExtension.Error ? asRefusal(error) : error;
  }
}
