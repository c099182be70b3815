/**
 * What analysts do with the data as a whole: refresh it, try again what failed.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { FailedCalls } from "../requests/failed-calls.ts";
import type { OpenCalls } from "../requests/open-calls.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Session } from "../session/session.ts";
import { keepsTables } from "../tables/keeps-tables.ts";
import type { LoadTables, RefreshedTable, Tables } from "../tables/load-tables.ts";
import type { DataAsOf } from "./data-as-of.ts";
import type { DateSystem } from "./date-system.ts";
import {
  findByAddress,
  type FoundCells,
  findFailedKalCells,
  findKalCells,
  runOptions,
  type Scope,
} from "./kal-cells.ts";
import { recalculate } from "./recalculate.ts";

/** What has been started. */
export interface Refreshed {
  /** How many cells calculate again. */
  readonly cells: number;
  readonly tables: readonly RefreshedTable[];
  /** Names of sheets that Excel did not let read or calculate. */
  readonly leftSheets: readonly string[];
  /** Whether the workbook calculates manually: what builds on these cells waits for F9. */
  readonly isManual: boolean;
}

type RefreshedCells = Omit<Refreshed, "tables">;

export interface StartedRefresh extends Refreshed {
  /** Of a refresh of everything: resolves when its cells are answered, with the error that it met. */
  readonly done: Promise<KalError | undefined>;
}

export interface Refresh {
  /**
   * Pulls new data into the cells and the tables of a scope; resolves when the tables are written.
   * @throws KalError KAL_NOT_CONNECTED where nothing is connected: cells would show that in place of their values.
   * OfficeExtension.Error when Excel refuses.
   */
  readonly refresh: (scope: Scope) => Promise<StartedRefresh>;
  /** Calculates the cells that show the connection’s state or the time of the data. */
  readonly recalculateStatus: () => Promise<void>;
  /**
   * Makes all cells anew from the cache, as after a change of settings; where answers are still valid nothing is
   * fetched.
   * @returns how many cells calculate again: none where the workbook is not connected, as they would show that instead
   * of their values.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly remakeCells: () => Promise<number>;
  /**
   * Tries again what failed: the tables whose last refresh did, every function whose last call did, whatever its cell
   * shows, and every one whose cell shows an error: saved errors of an earlier runtime are among them.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly retryFailed: () => Promise<Refreshed>;
  /**
   * The same for somebody who has just connected: what shows the connection's state is calculated too.
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly recover: () => Promise<void>;
  /**
   * Asks again for cells that are #BUSY! though no call of ours is open for them: Excel may end a runtime, and keep
   * their look (macOS, office-js 4004).
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
  /** Workbooks without tables do not load the code for them: their first cell should not wait for it. */
  async function forTables(work: (tables: Tables) => Promise<RefreshedTable[]>): Promise<RefreshedTable[]> {
    return (await keepsTables()) ? work(await loadTables()) : [];
  }

  function calculateAgain(scope: Scope): Promise<RefreshedCells & Pick<FoundCells, "found">> {
    return Excel.run(runOptions, async (context) => {
      const cells = await findKalCells(context, scope);
      return { ...(await calculateFound(context, cells)), found: cells.found };
    });
  }

  async function calculateFound(
    context: Excel.RequestContext,
    { found, unread }: FoundCells,
  ): Promise<RefreshedCells> {
    await dateSystem.read();
    const { refused, ...done } = await recalculate(context, found);
    return { ...done, leftSheets: [...new Set([...unread, ...refused])] };
  }

  /** @param isWithStatus whether cells that show the connection's state are calculated too */
  async function retryFailedCells(isWithStatus: boolean): Promise<RefreshedCells> {
    const cells = failedCalls.take();
    const addresses = (isLatest: boolean) =>
      [...cells].filter(([, cell]) => cell.isLatest === isLatest).map(([address]) => address);
    try {
      const done = await Excel.run(runOptions, async (context) => {
        const failed = await findByAddress(context, addresses(true), 1);
        // Where a later call succeeded and the formula has only one, that one has taken the place of the failed one.
        const partly = await findByAddress(context, addresses(false), 2);
        const showing = await findFailedKalCells(context, openCalls);
        const status = isWithStatus ? (await findKalCells(context, "workbook", "STATUS")).found : [];
        const found = [...failed, ...partly, ...showing.found, ...status];
        return calculateFound(context, { ...showing, found });
      });
      // Those that calculate all the same are forgotten with their answers.
      if (done.leftSheets.length > 0) failedCalls.restore(cells);
      return done;
    } catch (error) {
      failedCalls.restore(cells);
      throw error;
    }
  }

  async function retryAll(isWithStatus: boolean): Promise<Refreshed> {
    engine.forgetFailures();
    const [cells, tables] = await Promise.all([
      retryFailedCells(isWithStatus),
      forTables(({ retryFailedTables }) => retryFailedTables()),
    ]);
    return { ...cells, tables };
  }

  return {
    async refresh(scope) {
      session.reread();
      if (session.all().length === 0) throw new KalError("KAL_NOT_CONNECTED");
      engine.refresh();
      const watch = scope === "workbook" ? dataAsOf.watch() : undefined;
      const [{ found, ...cells }, tables] = await Promise.all([
        calculateAgain(scope),
        forTables(({ refreshTables }) => refreshTables(scope)),
      ]);
      const isWhole =
        cells.leftSheets.length === 0 && !engine.paused && !tables.some((table) => "error" in table);
      watch?.expect(found, isWhole);
      return { ...cells, tables, done: watch?.done ?? Promise.resolve(undefined) };
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
