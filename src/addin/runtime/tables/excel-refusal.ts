/**
 * Excel's own refusals, in words that say what to do.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";

/** @throws KalError KAL_EXCEL_REFUSED in place of Excel's errors; all others as they are. */
export async function inOurWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OfficeExtension.Error)) throw error;
    throw new KalError("KAL_EXCEL_REFUSED", { message: `Excel refuses: ${error.message}`, cause: error });
  }
}
