/**
 * What every function does around its work: give Excel its own errors, and remember which cells failed.
 * @module
 */
import { errorCatalogue, KalError } from "../../kalibrate/errors.ts";
import type { Cell } from "../runtime/cells.ts";
import { toExcelError } from "../runtime/excel-error.ts";
import { isAbort } from "../runtime/is-abort.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { plainArguments } from "./plain-arguments.ts";

/** What Excel tells of a call. The address only to functions that ask for it, and not in every context. */
export type Invocation = CustomFunctions.CancelableInvocation;

/** What a preview of a formula shows that nobody has asked for yet: a preview never calls the service. */
const unknownPreview = "…";

/**
 * Runs a function's work; whatever it throws becomes an error that the cell can show.
 * @param given the arguments by their names, as Excel hands them over
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
      // A cancelled call did not fail; by now the cell may hold a newer one's answer.
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
      // A single error is thrown: within a matrix it would be #VALUE!.
      if (cell instanceof CustomFunctions.Error) throw cell;
      return cells;
    } finally {
      openCalls.end(address);
      dataAsOf.callEnded();
    }
  };
}

/** Excel 2021 makes one #VALUE! without words of a table that holds an error (office-js 2174). */
function refuseErrorsAmong(cells: Cell[][]): void {
  const isTable = cells.length > 1 || (cells[0]?.length ?? 0) > 1;
  if (!isTable || !cells.some((row) => row.some((cell) => cell instanceof CustomFunctions.Error))) return;
  throw new KalError("KAL_EXCEL_REFUSED", {
    message: "This Excel cannot show #N/A or another error within a table.",
    hint: "In the Kalibrate pane, under Settings, choose another value for “Where there is no value”. Look up one value in each formula.",
  });
}

/** That there is no record is an answer: a site may not sell a product. */
function isNotAvailable(error: unknown): boolean {
  return error instanceof KalError && errorCatalogue[error.code].excel === "#N/A";
}
