/**
 * Tables filled with new data by the queries that the workbook keeps for them.
 * @module
 */
import pLimit from "p-limit";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { CellForm } from "../cells.ts";
import { asKalError } from "../as-kal-error.ts";
import type { RequestEngine } from "../requests/request-engine.ts";
import type { Session } from "../session/session.ts";
import { inOurWords } from "../workbook/excel-refusal.ts";
import { runOptions, type Scope } from "../workbook/kal-cells.ts";
import type { Ask } from "./ask.ts";
import { findTables } from "./find-tables.ts";
import type { Serialize } from "./serialize.ts";
import type { KeptTable } from "./kept-tables.ts";
import { rewriteTable } from "./rewrite-table.ts";
import { sheetSize } from "../../../excel/limits.ts";

/** What became of a table: new rows, or why it shows the old ones. */
export type RefreshedTable =
  { readonly name: string; readonly rows: number } | { readonly name: string; readonly error: KalError };

/** Queries that are asked at the same time; written is one table after the other. */
const maxQueries = 3;

export interface RefreshTables {
  /**
   * Asks the queries of a scope's tables again. A table whose query fails keeps its rows.
   * @throws KalError KAL_EXCEL_REFUSED where Excel does not even list the tables.
   */
  readonly refreshTables: (scope: Scope) => Promise<RefreshedTable[]>;
  /** Tries again where the last refresh failed. */
  readonly retryFailedTables: () => Promise<RefreshedTable[]>;
}

export function createRefreshTables(
  ask: Ask,
  serialize: Serialize,
  form: () => CellForm,
  { engine, session }: { readonly engine: RequestEngine; readonly session: Session },
): RefreshTables {
  /** Tables that are being refreshed, by id: pressed twice, a button does it once. */
  const underWay = new Map<string, Promise<RefreshedTable>>();
  /** Ids of the tables whose last refresh failed. */
  const failed = new Set<string>();

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
        failed.delete(id);
        // Somebody has pressed Refresh meanwhile: they are promised newer data.
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
      return refreshSome("workbook", ({ id }) => failed.has(id));
    },
  };
}
