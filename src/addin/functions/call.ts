/**
 * What every function does around its work: speak to Excel in its own errors, and remember which cells failed.
 * @module
 */
import { activity } from "../runtime/activity/activity.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { type Cell, showsErrorsInTables } from "../runtime/cells.ts";
import { toExcelError } from "../runtime/excel-error.ts";
import { isAbort } from "../runtime/is-abort.ts";
import { recordFailure, recordGivenUp, recordSuccess } from "../runtime/requests/failed-calls.ts";
import { callBegins, callEnds } from "../runtime/requests/open-calls.ts";
import { answerSent } from "../runtime/requests/sent-answers.ts";
import { isDateSystemKnown, readDateSystem } from "../runtime/workbook/date-system.ts";
import { plainArguments } from "./plain-arguments.ts";

/** What Excel tells of a call. The address only to functions that ask for it, and not in every context. */
export type Invocation = CustomFunctions.CancelableInvocation;

/** What a preview of a formula shows that nobody has asked for yet: a preview never calls the service. */
const unknownPreview = "…";

/**
 * Runs a function's work, whatever it throws becoming an error that the cell can show.
 * @param given the arguments by their names, as Excel hands them over
 * @param work gets them without data types
 * @param keepErrors see `plainArguments`
 */
export async function forExcel<Arguments extends object>(
  invocation: Invocation,
  given: Arguments,
  work: (plain: Arguments) => Promise<Cell[][]>,
  keepErrors?: keyof Arguments,
): Promise<Cell[][]> {
  const { address } = invocation;
  callBegins(address);
  try {
    if (!isDateSystemKnown()) await readDateSystem();
    const cells = await answer(invocation, given, work, keepErrors);
    if (showsErrorsInTables()) return cells;
    const [[cell] = []] = cells;
    // A single error is thrown: within a matrix it would be #VALUE!.
    if (cell instanceof CustomFunctions.Error) throw cell;
    return cells;
  } finally {
    callEnds(address);
  }
}

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
    recordSuccess(address, plain);
    if (!isInValuePreview) answerSent(address, result);
    return result;
  } catch (error) {
    if (isInValuePreview && isAbort(error)) return [[unknownPreview]];
    // A call that was given up did not fail; by now the cell may hold a newer one's answer.
    if (isAbort(error)) recordGivenUp(address, plain);
    else {
      recordFailure(address, plain);
      activity.failed(error, address);
      answerSent(address, undefined);
    }
    throw toExcelError(error);
  }
}

/** Excel 2021 makes one #VALUE! without words of a table that holds an error (office-js 2174). */
function refuseErrorsAmong(cells: Cell[][]): void {
  const isTable = cells.length > 1 || (cells[0]?.length ?? 0) > 1;
  if (!isTable || !cells.some((row) => row.some((cell) => cell instanceof CustomFunctions.Error))) return;
  throw new KalError("KAL_EXCEL_REFUSED", {
    message: "This Excel cannot show #N/A or another error within a table.",
    hint: "In the Kalibrate pane, Settings, choose something else where there is no value; look up one value in each formula.",
  });
}
