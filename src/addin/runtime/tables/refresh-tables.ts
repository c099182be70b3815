/**
 * Refreshes tables: runs their saved queries again and writes the new rows.
 * @module
 */
import pLimit from "p-limit";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { CellForm } from "../cells.ts";
import { asKalError } from "../as-kal-error.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Session } from "../session/session.ts";
import { inOurWords } from "../workbook/excel-refusal.ts";
import { type Scope } from "../workbook/kal-cells.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { Ask } from "./ask.ts";
import { findTables } from "./find-tables.ts";
import type { Serialize } from "./serialize.ts";
import type { KeptTable } from "./kept-tables.ts";
import { rewriteTable } from "./rewrite-table.ts";
import { sheetSize } from "../../../excel/limits.ts";

/** The result for a table: new rows, or why it still shows the old ones. */
export type RefreshedTable =
  { readonly name: string; readonly rows: number } | { readonly name: string; readonly error: KalError };

/** Queries that run at the same time. Tables are written one at a time. */
const maxQueries = 3;

export interface RefreshTables {
  /**
   * Runs the queries of a scope's tables again. A table whose query fails keeps its rows.
   * @throws KalError KAL_EXCEL_REFUSED if Excel does not even list the tables.
   */
  readonly refreshTables: (scope: Scope) => Promise<RefreshedTable[]>;
  /** Retries the tables whose last refresh failed. */
  readonly retryFailedTables: () => Promise<RefreshedTable[]>;
}

export function createRefreshTables(
  ask: Ask,
  serialize: Serialize,
  form: () => CellForm,
  {
    engine,
    session,
    times,
    failedTables: failed,
  }: {
    readonly engine: RequestEngine;
    readonly session: Session;
    /** Ids of the tables whose last refresh failed. */
    readonly failedTables: Set<string>;
    /** Filled with the time of the data, by key of the table: saving it at each refresh would clear Excel's undo. */
    readonly times: Map<string, string>;
  },
): RefreshTables {
  /** Tables that are being refreshed, by id. A second press of the button joins the running refresh. */
  const underWay = new Map<string, Promise<RefreshedTable>>();

  async function refreshSome(scope: Scope, isMeant: (table: KeptTable) => boolean) {
    const found = await inOurWords(() => Excel.run(runOptions, (context) => findTables(context, scope)));
    const limit = pLimit(maxQueries);
    return Promise.all(found.filter(isMeant).map((table) => once(table, () => limit(() => refresh(table)))));
  }

  function once({ id }: KeptTable, work: () => Promise<RefreshedTable>): Promise<RefreshedTable> {
    const running = underWay.get(id) ?? work().finally(() => underWay.delete(id));
    underWay.set(id, running);
    return running;
  }

  async function refresh(kept: KeptTable): Promise<RefreshedTable> {
    const { id, name, query } = kept;
    try {
      for (;;) {
        const generation = engine.generationOf(session.connectionFor(query.connection).ticket);
        const answer = await ask(query, { maxRows: sheetSize.rows - 1 });
        await inOurWords(() => serialize(() => rewriteTable(kept, answer, form())));
        times.set(kept.key, answer.asOf);
        failed.delete(id);
        // Somebody has pressed Refresh meanwhile and expects newer data.
        if (!engine.isReplaced(generation)) return { name, rows: answer.rows.length };
      }
    } catch (error) {
      failed.add(id);
      return { name, error: asKalError(error) };
    }
  }

  return {
    refreshTables: (scope) => refreshSome(scope, () => true),
    async retryFailedTables() {
      if (failed.size === 0) return [];
      const ids = new Set(failed);
      // Those that were deleted meanwhile are not found.
      failed.clear();
      return refreshSome("workbook", ({ id }) => ids.has(id));
    },
  };
}
