/**
 * Wraps every function: converts errors for Excel, and records which cells failed.
 * @module
 */
import { errorCatalogue, KalError } from "../../kalibrate/errors.ts";
import type { Cell } from "../runtime/cells.ts";
import { toExcelError } from "../runtime/excel-error.ts";
import { isAbort } from "../runtime/is-abort.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { plainArguments } from "./plain-arguments.ts";

/** What Excel tells about a call. The address is given only to functions that request it, and not in every context. */
export type Invocation = CustomFunctions.CancelableInvocation;

/** The preview of a formula that has no cached answer: a preview never calls the service. */
const unknownPreview = "…";

/**
 * Runs a function's work and converts whatever it throws into an error that the cell can show.
 * @param given the arguments by name, as Excel passes them
 * @param work gets them without data types
 * @param keepErrors see `plainArguments`
 */
export type ForExcel = <Arguments extends object>(
  invocation: Invocation,
  given: Arguments,
  work: (plain: Arguments) => Promise<Cell[][]>,
  keepErrors?: keyof Arguments,
) => Promise<Cell[][]>;

export function createForExcel(runtime: Runtime): ForExcel {
  const { activity, dataAsOf, dateSystem, failedCalls, openCalls, sentAnswers } = runtime;
  const { showsErrorsInTables } = runtime.host;

  async function answer<Arguments extends object>(
    invocation: Invocation,
    given: Arguments,
    work: (plain: Arguments) => Promise<Cell[][]>,
    keepErrors?: keyof Arguments,
  ): Promise<Cell[][]> {
    const { address, isInValuePreview } = invocation;
    let plain = given;
    try {
      plain = plainArguments(given, keepErrors);
      const result = await work(plain);
      if (!showsErrorsInTables()) refuseErrorsAmong(result);
      failedCalls.recordSuccess(address, plain);
      if (isInValuePreview) return result;
      sentAnswers.record(address, result);
      dataAsOf.answered(address);
      return result;
    } catch (error) {
      if (isInValuePreview && isAbort(error)) return [[unknownPreview]];
      // A cancelled call did not fail. The cell may already hold the answer of a newer call.
      if (isAbort(error)) failedCalls.recordGivenUp(address, plain);
      else {
        if (isNotAvailable(error)) failedCalls.recordSuccess(address, plain);
        else failedCalls.recordFailure(address, plain);
        activity.failed(error, address);
        dataAsOf.failed(error, address);
        sentAnswers.record(address, undefined);
      }
      throw toExcelError(error);
    }
  }

  return async (invocation, given, work, keepErrors) => {
    const { address } = invocation;
    openCalls.begin(address);
    try {
      if (!dateSystem.isKnown()) await dateSystem.read();
      const cells = await answer(invocation, given, work, keepErrors);
      if (showsErrorsInTables()) return cells;
      const [[cell] = []] = cells;
      // A single error must be thrown: in a matrix Excel would show #VALUE!.
      if (cell instanceof CustomFunctions.Error) throw cell;
      return cells;
    } finally {
      openCalls.end(address);
      dataAsOf.callEnded();
    }
  };
}

/** Excel 2021 turns a table that contains an error into a single #VALUE! without text (office-js 2174). */
function refuseErrorsAmong(cells: Cell[][]): void {
  const isTable = cells.length > 1 || (cells[0]?.length ?? 0) > 1;
  if (!isTable || !cells.some((row) => row.some((cell) => cell instanceof CustomFunctions.Error))) return;
  throw new KalError("KAL_EXCEL_REFUSED", {
    message: "This Excel cannot show #N/A or another error within a table.",
    hint: "In the Kalibrate pane, under Settings, choose another value for “Missing values”. Look up one value in each formula.",
  });
}

/** “No record” is an answer: a site may not sell a product. */
function isNotAvailable(error: unknown): boolean {
  return error instanceof KalError && errorCatalogue[error.code].excel === "#N/A";
}
