/**
 * Refreshes all data and retries what failed.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { FailedCalls } from "../requests/failed-calls.ts";
import type { OpenCalls } from "../requests/open-calls.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Session } from "../session/session.ts";
import { keepsTables } from "../tables/keeps-tables.ts";
import type { LoadTables, RefreshedTable, Tables } from "../tables/load-tables.ts";
import type { DataAsOf, RefreshWatch } from "./data-as-of.ts";
import type { DateSystem } from "./date-system.ts";
import { isOneCall } from "./kal-calls.ts";
import { findByAddress, type FoundCells, findFailedKalCells, findKalCells, type Scope } from "./kal-cells.ts";
import { runOptions } from "./run-options.ts";
import { recalculate } from "./recalculate.ts";

/** What an action has started. */
export interface Refreshed {
  /** Number of cells that calculate again. */
  readonly cells: number;
  readonly tables: readonly RefreshedTable[];
  /** Names of sheets that Excel refused to read or calculate. */
  readonly leftSheets: readonly string[];
  /** Whether the workbook calculates manually: then dependent cells wait for F9. */
  readonly isManual: boolean;
}

type RefreshedCells = Omit<Refreshed, "tables"> & Pick<FoundCells, "found">;

export type StartedRefresh = Refreshed & Pick<RefreshWatch, "done" | "outcome">;

export interface Refresh {
  /**
   * Requests new data for the cells and tables of a scope; resolves when the tables are written.
   * @throws KalError KAL_NOT_CONNECTED without a connection: cells would show that error instead of their values.
   * OfficeExtension.Error when Excel refuses.
   */
  readonly refresh: (scope: Scope) => Promise<StartedRefresh>;
  /** Recalculates the cells that show the connection’s state or the time of the data. */
  readonly recalculateStatus: () => Promise<void>;
  /**
   * Recalculates all cells from the cache, for example after a change of settings. Nothing is requested while the
   * cached answers are valid.
   * @returns the number of cells that calculate again; 0 if the workbook is not connected, because they would show an
   * error instead of their values.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly remakeCells: () => Promise<number>;
  /**
   * Retries everything that failed: tables whose last refresh failed, functions whose last call failed (whatever the
   * cell shows), and cells that show an error, including errors saved by an earlier runtime.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly retryFailed: () => Promise<StartedRefresh>;
  /**
   * As `retryFailed`, after connecting: also recalculates cells that show the connection's state.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly recover: () => Promise<void>;
  /**
   * Recalculates #BUSY! cells without an open call: Excel may end a runtime and leave its cells as they were (macOS,
   * office-js 4004).
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly askForLeftCells: () => Promise<void>;
}

export interface RefreshParts {
  readonly session: Session;
  readonly engine: RequestEngine;
  readonly failedCalls: FailedCalls;
  readonly openCalls: OpenCalls;
  readonly dateSystem: DateSystem;
  readonly dataAsOf: DataAsOf;
  readonly loadTables: LoadTables;
}

export function createRefresh({
  session,
  engine,
  failedCalls,
  openCalls,
  dateSystem,
  dataAsOf,
  loadTables,
}: RefreshParts): Refresh {
  /** Workbooks without tables do not load their code, so that the first cell does not wait for it. */
  async function forTables(work: (tables: Tables) => Promise<RefreshedTable[]>): Promise<RefreshedTable[]> {
    return (await keepsTables()) ? work(await loadTables()) : [];
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
    await dateSystem.read();
    const { refused, ...done } = await recalculate(context, found);
    return { ...done, found, leftSheets: [...new Set([...unread, ...refused])] };
  }

  /** @param isWithStatus whether to also recalculate cells that show the connection's state */
  async function retryFailedCells(isWithStatus: boolean): Promise<RefreshedCells> {
    const cells = failedCalls.take();
    const addresses = (isLatest: boolean) =>
      [...cells].filter(([, cell]) => cell.isLatest === isLatest).map(([address]) => address);
    try {
      const done = await Excel.run(runOptions, async (context) => {
        const failed = await findByAddress(context, addresses(true), 1);
        // If a later call succeeded and the formula has only one, the failed call is obsolete.
        const partly = await findByAddress(context, addresses(false), 2);
        const showing = await findFailedKalCells(context, openCalls);
        const status = isWithStatus ? (await findKalCells(context, "workbook", "STATUS")).found : [];
        const found = [...failed, ...partly, ...showing.found, ...status];
        return calculateFound(context, { ...showing, found });
      });
      // On sheets that could be calculated, the answers remove the cells from the record again.
      if (done.leftSheets.length > 0) failedCalls.restore(cells);
      return done;
    } catch (error) {
      failedCalls.restore(cells);
      throw error;
    }
  }

  function retryAll(isWithStatus: boolean): Promise<StartedRefresh> {
    engine.forgetFailures();
    return watched(
      false,
      () => retryFailedCells(isWithStatus),
      ({ retryFailedTables }) => retryFailedTables(),
    );
  }

  /** Starts a refresh of cells and tables, and watches it until all are answered. */
  async function watched(
    isEverything: boolean,
    calculate: () => Promise<RefreshedCells>,
    refreshTables: (tables: Tables) => Promise<RefreshedTable[]>,
  ): Promise<StartedRefresh> {
    const { done, outcome, expect } = dataAsOf.watch(isEverything);
    const [{ found, ...cells }, tables] = await Promise.all([calculate(), forTables(refreshTables)]);
    const isWhole =
      cells.leftSheets.length === 0 && !engine.paused && !tables.some((table) => "error" in table);
    const oneCalls = found
      .filter(({ sheet }) => !cells.leftSheets.includes(sheet))
      .map(({ sheet, cells }) => ({ sheet, cells: cells.filter(({ formula }) => isOneCall(formula)) }));
    expect(oneCalls, isWhole);
    return { ...cells, tables, done, outcome };
  }

  return {
    async refresh(scope) {
      session.reread();
      if (session.all().length === 0) throw new KalError("KAL_NOT_CONNECTED");
      engine.refresh();
      return watched(
        scope === "workbook",
        () => calculateAgain(scope),
        ({ refreshTables }) => refreshTables(scope),
      );
    },

    async recalculateStatus() {
      await Excel.run(runOptions, async (context) => {
        const { found } = await findKalCells(context, "workbook", "STATUS");
        if (found.length > 0) await recalculate(context, found);
      });
    },

    async remakeCells() {
      return session.current() ? (await calculateAgain("workbook")).cells : 0;
    },

    retryFailed: () => retryAll(false),

    async recover() {
      await retryAll(true);
    },

    async askForLeftCells() {
      if (!session.current()) return;
      await Excel.run(runOptions, async (context) => {
        const { found, unread } = await findFailedKalCells(context, openCalls);
        const left = found.map(({ sheet, cells }) => ({
          sheet,
          cells: cells.filter(({ error }) => error === "#BUSY!"),
        }));
        if (left.some(({ cells }) => cells.length > 0))
          await calculateFound(context, { found: left, unread });
      });
    },
  };
}
