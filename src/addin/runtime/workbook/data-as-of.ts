/**
 * When a refresh has ended, and the time since which all KAL cells and tables of this workbook are known to be
 * refreshed.
 *
 * Excel calls the functions some time after a refresh has marked their cells, and does not report when it is done. So
 * we watch a refresh. It has ended when every cell whose formula is a single call of ours has an answer or an error,
 * and no call is open. We do not wait for other formulas: a call inside an unmet condition is never made.
 * @module
 */
import { errorCatalogue, KalError } from "../../../kalibrate/errors.ts";
import { createEmitter } from "../emitter.ts";
import type { OpenCalls } from "../requests/open-calls.ts";
import { placeKeyOf, placeKey } from "./cell-blocks.ts";
import type { SheetCells } from "./kal-cells.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

const settingKey = "KAL.dataAsOf";

/** What a refresh has achieved so far. */
export interface RefreshOutcome {
  /** When it began: ISO date-time in UTC. */
  readonly since: string;
  /** Number of cells that failed. */
  readonly failed: number;
  /** The first error. */
  readonly error: KalError | undefined;
}

/** A refresh in progress. */
export interface RefreshWatch {
  /**
   * Call this when all cells are marked and all tables written.
   * @param found the cells whose answers it waits for
   * @param isWhole whether nothing was skipped
   */
  readonly expect: (found: readonly SheetCells[], isWhole: boolean) => void;
  /** Resolves when it has ended. Stays pending if Excel does not call a function again. */
  readonly done: Promise<void>;
  readonly outcome: () => RefreshOutcome;
}

export interface DataAsOf {
  /** ISO date-time in UTC; undefined until a refresh of everything has succeeded. */
  readonly time: () => string | undefined;
  /** Watches a refresh that starts now. @param isEverything whether it refreshes the whole workbook */
  readonly watch: (isEverything: boolean) => RefreshWatch;
  /** A call has been answered. The address is its cell's, if Excel provides it. */
  readonly answered: (address: string | undefined) => void;
  readonly failed: (error: unknown, address: string | undefined) => void;
  /** A call has ended and is no longer among the open ones. */
  readonly callEnded: () => void;
  /** Calls back when the time has changed. @returns a function that stops this */
  readonly onChange: (listener: () => void) => () => void;
}

interface Watched {
  readonly isEverything: boolean;
  readonly since: string;
  /** Cells with an answer or an error before the expected ones were known. */
  readonly answered: Set<string>;
  /** Undefined until all cells are marked. */
  expected: Set<string> | undefined;
  isWhole: boolean;
  error: KalError | undefined;
  /** Addresses of the cells that failed; without an address each counts by itself. */
  readonly failed: Set<string | symbol>;
  readonly resolve: () => void;
}

/** Refreshes watched at the same time; beyond it the oldest is forgotten, whose cells Excel has not called. */
const maxWatches = 8;

/** @param now milliseconds since the epoch */
export function createDataAsOf(
  settings: WorkbookSettings,
  openCalls: OpenCalls,
  now: () => number,
): DataAsOf {
  const changes = createEmitter();
  /** Oldest first. */
  let watches: readonly Watched[] = [];

  function settle(): void {
    if (openCalls.areAny()) return;
    const ended = watches.filter(({ expected }) => expected?.size === 0);
    if (ended.length === 0) return;
    watches = watches.filter((watch) => !ended.includes(watch));
    for (const { isEverything, since, isWhole, error, resolve } of ended) {
      if (isEverything && isWhole && !error) {
        settings.write({ [settingKey]: since });
        changes.emit();
      }
      resolve();
    }
  }

  /** A cell has an answer or an error. */
  function callAnswered(address: string | undefined): void {
    if (watches.length === 0 || address === undefined) return;
    const key = placeKeyOf(address);
    if (key === undefined) return;
    for (const { expected, answered } of watches) {
      if (expected) expected.delete(key);
      else answered.add(key);
    }
  }

  return {
    answered: callAnswered,
    time() {
      const saved = settings.read(settingKey);
      return typeof saved === "string" && !Number.isNaN(Date.parse(saved)) ? saved : undefined;
    },

    watch(isEverything) {
      let resolve!: () => void;
      const done = new Promise<void>((resolved) => (resolve = resolved));
      const own: Watched = {
        isEverything,
        since: new Date(now()).toISOString(),
        answered: new Set(),
        expected: undefined,
        isWhole: false,
        error: undefined,
        failed: new Set(),
        resolve,
      };
      watches = [...watches.slice(1 - maxWatches), own];
      return {
        done,
        outcome: () => ({ since: own.since, failed: own.failed.size, error: own.error }),
        expect(found, isWhole) {
          own.isWhole = isWhole;
          own.expected = new Set();
          for (const { sheet, cells } of found) {
            for (const cell of cells) own.expected.add(placeKey(sheet, cell));
          }
          for (const key of own.answered) own.expected.delete(key);
          settle();
        },
      };
    },

    failed(error, address) {
      callAnswered(address);
      const known = error instanceof KalError ? error : new KalError("KAL_ADDIN_INTERNAL");
      // “No match” is an answer, too.
      if (errorCatalogue[known.code].excel === "#N/A") return;
      for (const watch of watches) {
        watch.error ??= known;
        watch.failed.add(address ?? Symbol());
      }
    },

    callEnded: settle,
    onChange: changes.on,
  };
}
