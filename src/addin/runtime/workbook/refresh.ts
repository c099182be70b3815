/**
 * What analysts do with the data as a whole: refresh it, try again what failed.
 * @module
 */
import { engine } from "../requests/engine.ts";
import { recordFailure, takeFailedCells } from "../requests/failed-calls.ts";
import { currentConnection } from "../session/session.ts";
import {
  findByAddress,
  findFailedKalCells,
  findKalCells,
  patient,
  recalculate,
  type Scope,
} from "./kal-cells.ts";

/**
 * Pulls new data into the cells of a scope.
 * @returns how many cells calculate again.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function refresh(scope: Scope): Promise<number> {
  engine.refresh();
  return calculateAgain(scope);
}

function calculateAgain(scope: Scope): Promise<number> {
  return Excel.run(patient, async (context) => {
    const found = await findKalCells(context, scope);
    await recalculate(context, found);
    return found.reduce((count, { cells }) => count + cells.length, 0);
  });
}

/**
 * Makes all cells anew from what is known already, as after a change of settings; where answers still stand nothing is
 * fetched.
 * @returns how many cells calculate again: none where the workbook is not connected, as they would show that instead
 * of their values.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function remakeCells(): Promise<number> {
  return currentConnection() ? calculateAgain("workbook") : 0;
}

/**
 * Calls again every function whose last call failed, whatever its cell shows, and every one whose cell shows an
 * error: saved errors of an earlier runtime are among them.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function retryFailed(): Promise<void> {
  engine.forgetFailures();
  const addresses = takeFailedCells();
  try {
    await Excel.run(patient, async (context) => {
      const failed = await findByAddress(context, addresses);
      const showing = await findFailedKalCells(context);
      await recalculate(context, [...failed, ...showing]);
    });
  } catch (error) {
    addresses.forEach(recordFailure);
    throw error;
  }
}
