/**
 * Converts errors to the errors of cells.
 * @module
 */
import { errorCatalogue, type KalError } from "../../kalibrate/errors.ts";
import { asKalError } from "./as-kal-error.ts";

/** An error that Excel shows with its text. A plain Error would lose the text; only #VALUE! and #N/A carry one. */
export function toExcelError(error: unknown): CustomFunctions.Error {
  const known = asKalError(error);
  return new CustomFunctions.Error(excelCodeOf(known), errorText(known));
}

/** The error without its text, for thousands of cells in one result. */
export function toPlainExcelError(error: KalError): CustomFunctions.Error {
  return new CustomFunctions.Error(excelCodeOf(error));
}

function excelCodeOf({ code }: KalError): CustomFunctions.ErrorCode {
  return errorCatalogue[code].excel === "#N/A"
    ? CustomFunctions.ErrorCode.notAvailable
    : CustomFunctions.ErrorCode.invalidValue;
}

/** The text for cell and pane: what happened, what to do, and the request id for support. */
export function errorText(error: KalError): string {
  const again = error.retryAfter ? ` Again in ${error.retryAfter} s.` : "";
  const request = error.requestId ? ` [${error.code}, ${error.requestId}]` : ` [${error.code}]`;
  return `${error.message} ${error.hint}${again}${request}`;
}
