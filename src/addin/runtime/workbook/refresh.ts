/**
 * What analysts do with the data as a whole: refresh it, try again what failed.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { engine } from "../requests/engine.ts";
import { restoreFailedCells, takeFailedCells } from "../requests/failed-calls.ts";
import { currentConnection, heldConnections, lookAgain } from "../session/session.ts";
import type * as Tables from "../tables/refresh-tables.ts";
import { keepsTables } from "../tables/keeps-tables.ts";
import {
  findByAddress,
  type FoundCells,
  findFailedKalCells,
  findKalCells,
  runOptions,
  type Scope,
} from "./kal-cells.ts";
import { recalculate } from "./recalculate.ts";

/** What has been set going. */
export interface Refreshed {
  /** How many cells calculate again. */
  readonly cells: number;
  readonly tables: readonly Tables.RefreshedTable[];
  /** Names of sheets that Excel did not let read or calculate. */
  readonly leftSheets: readonly string[];
  /** Whether the workbook calculates manually: what builds on these cells waits for F9. */
  readonly isManual: boolean;
}

type RefreshedCells = Omit<Refreshed, "tables">;

/**
 * Pulls new data into the cells and the tables of a scope; over when the tables are written.
 * @throws KalError KAL_NOT_CONNECTED where nobody could answer: cells would show that in place of their values.
 * OfficeExtension.Error when Excel refuses.
 */
export async function refresh(scope: Scope): Promise<Refreshed> {
  lookAgain();
  if (heldConnections().length === 0) throw new KalError("KAL_NOT_CONNECTED");
  engine.refresh();
  const [cells, tables] = await Promise.all([
    calculateAgain(scope),
    forTables(({ refreshTables }) => refreshTables(scope)),
  ]);
  return { ...cells, tables };
}

/** What workbooks with tables need is loaded for them alone: the first cell of others should not wait for it. */
async function forTables(
  work: (tables: typeof Tables) => Promise<Tables.RefreshedTable[]>,
): Promise<Tables.RefreshedTable[]> {
  if (!(await keepsTables())) return [];
  const tables = await import("../tables/refresh-tables.ts").catch((cause: unknown) => {
    throw new KalError("KAL_OFFLINE", { cause });
  });
  return work(tables);
}

function calculateAgain(scope: Scope): Promise<RefreshedCells> {
  return Excel.run(runOptions, async (context) =>
    calculateFound(context, await findKalCells(context, scope)),
  );
}

async function calculateFound(
  context: Excel.RequestContext,
  { found, unread }: FoundCells,
): Promise<RefreshedCells> {
  const { refused, ...done } = await recalculate(context, found);
  return { ...done, leftSheets: [...new Set([...unread, ...refused])] };
}

/**
 * Makes all cells anew from what is known already, as after a change of settings; where answers still stand nothing is
 * fetched.
 * @returns how many cells calculate again: none where the workbook is not connected, as they would show that instead
 * of their values.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function remakeCells(): Promise<number> {
  return currentConnection() ? (await calculateAgain("workbook")).cells : 0;
}

/**
 * Tries again what failed: the tables whose last refresh did, every function whose last call did, whatever its cell
 * shows, and every one whose cell shows an error: saved errors of an earlier runtime are among them.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function retryFailed(): Promise<Refreshed> {
  engine.forgetFailures();
  const [cells, tables] = await Promise.all([
    retryFailedCells(),
    forTables(({ retryFailedTables }) => retryFailedTables()),
  ]);
  return { ...cells, tables };
}

async function retryFailedCells(): Promise<RefreshedCells> {
  const cells = takeFailedCells();
  const addresses = (isLatest: boolean) =>
    [...cells].filter(([, cell]) => cell.isLatest === isLatest).map(([address]) => address);
  try {
    const done = await Excel.run(runOptions, async (context) => {
      const failed = await findByAddress(context, addresses(true), 1);
      // Where a later call went well and the formula has only one, that one has taken the place of what failed.
      const partly = await findByAddress(context, addresses(false), 2);
      const showing = await findFailedKalCells(context);
      return calculateFound(context, { ...showing, found: [...failed, ...partly, ...showing.found] });
    });
    // Those that calculate all the same are forgotten with their answers.
    if (done.leftSheets.length > 0) restoreFailedCells(cells);
    return done;
  } catch (error) {
    restoreFailedCells(cells);
    throw error;
  }
}

/**
 * Asks again for cells that are #BUSY! though no call of ours is open for them: Excel may end a runtime, and keep their
 * look (macOS, office-js 4004).
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function askForLeftCells(): Promise<void> {
  if (!currentConnection()) return;
  await Excel.run(runOptions, async (context) => {
    const { found, unread } = await findFailedKalCells(context);
    const left = found.map(({ sheet, cells }) => ({
      sheet,
      cells: cells.filter(({ error }) => error === "#BUSY!"),
    }));
    if (left.some(({ cells }) => cells.length > 0)) await calculateFound(context, { found: left, unread });
  });
}
