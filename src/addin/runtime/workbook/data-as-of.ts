/**
 * The time since which all KAL cells and tables of this workbook are known to be refreshed.
 *
 * Excel calls the functions some time after a refresh has marked their cells, and does not report when it is done. So
 * we watch a refresh. It succeeded when every cell whose formula is a single call of ours has been answered, nothing
 * failed, and no call is open. We do not wait for other formulas: a call inside an unmet condition is never made.
 * @module
 */
import { errorCatalogue, KalError } from "../../../kalibrate/errors.ts";
import { createEmitter } from "../emitter.ts";
import type { OpenCalls } from "../requests/open-calls.ts";
import { placeKeyOf, placeKey } from "./cell-blocks.ts";
import type { SheetCells } from "./kal-cells.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

const settingKey = "KAL.dataAsOf";

/** A refresh of everything, in progress. */
export interface RefreshWatch {
  /**
   * Call this when all cells are marked and all tables written.
   * @param found the cells whose answers it waits for
   * @param isWhole whether nothing was skipped
   */
  readonly expect: (found: readonly SheetCells[], isWhole: boolean) => void;
  /**
   * Resolves when the refresh has succeeded, or with its error when it has failed. Stays pending if Excel does not
   * call a function again or another refresh replaces this one.
   */
  readonly done: Promise<KalError | undefined>;
}

export interface DataAsOf {
  /** ISO date-time in UTC; undefined until a refresh of everything has succeeded. */
  readonly time: () => string | undefined;
  /** Watches a refresh of everything that starts now; replaces an earlier one. */
  readonly watch: () => RefreshWatch;
  /** A call has been answered. The address is its cell's, if Excel provides it. */
  readonly answered: (address: string | undefined) => void;
  readonly failed: (error: unknown, address: string | undefined) => void;
  /** A call has ended and is no longer among the open ones. */
  readonly callEnded: () => void;
  /** Calls back when the time has changed. @returns a function that stops this */
  readonly onChange: (listener: () => void) => () => void;
}

interface Watched {
  readonly since: string;
  /** Cells answered before the expected ones were known. */
  readonly answered: Set<string>;
  /** Undefined until all cells are marked. */
  expected: Set<string> | undefined;
  isWhole: boolean;
  error: KalError | undefined;
  readonly resolve: (error: KalError | undefined) => void;
}

/** @param now milliseconds since the epoch */
export function createDataAsOf(
  settings: WorkbookSettings,
  openCalls: OpenCalls,
  now: () => number,
): DataAsOf {
  const changes = createEmitter();
  let watched: Watched | undefined;

  function settle(): void {
    if (!watched?.expected || openCalls.areAny()) return;
    const { expected, since, isWhole, error, resolve } = watched;
    if (!error && expected.size > 0) return;
    watched = undefined;
    if (!error && isWhole) {
      settings.write({ [settingKey]: since });
      changes.emit();
    }
    resolve(error);
  }

  function answered(address: string | undefined): void {
    if (!watched || address === undefined) return;
    const key = placeKeyOf(address);
    if (key === undefined) return;
    if (watched.expected) watched.expected.delete(key);
    else watched.answered.add(key);
  }

  return {
    answered,
    time() {
      const saved = settings.read(settingKey);
      return typeof saved === "string" && !Number.isNaN(Date.parse(saved)) ? saved : undefined;
    },

    watch() {
      let resolve!: Watched["resolve"];
      const done = new Promise<KalError | undefined>((resolved) => (resolve = resolved));
      const own: Watched = {
        since: new Date(now()).toISOString(),
        answered: new Set(),
        expected: undefined,
        isWhole: false,
        error: undefined,
        resolve,
      };
      watched = own;
      return {
        done,
        expect(found, isWhole) {
          own.isWhole = isWhole;
          own.expected = new Set();
          for (const { sheet, cells } of found) {
            for (const cell of cells) own.expected.add(placeKey(sheet, cell));
          }
          for (const key of own.answered) own.expected.delete(key);
          if (watched === own) settle();
        },
      };
    },

    failed(error, address) {
      if (!watched) return;
      const known = error instanceof KalError ? error : new KalError("KAL_ADDIN_INTERNAL");
      // “No match” is an answer, too.
      if (errorCatalogue[known.code].excel === "#N/A") answered(address);
      else watched.error ??= known;
    },

    callEnded: settle,
    onChange: changes.on,
  };
}
