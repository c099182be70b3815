/**
 * What every function does around its work: share equal calls, and speak to Excel in its own errors.
 * @module
 */
import { createRequestEngine } from "../runtime/request-engine.ts";
import { toExcelError } from "../runtime/excel-error.ts";

/** One engine for all functions of the runtime, so that equal calls share whoever makes them. */
export const engine = createRequestEngine();

/** Runs a function's work, whatever it throws becoming an error that the cell can show. */
export async function forExcel<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toExcelError(error);
  }
}
