/**
 * The runtime's functions for tables in the workbook: insert, change, refresh, list.
 * @module
 */
import type { Scope } from "../workbook/kal-cells.ts";
import { runOptions } from "../workbook/run-options.ts";
import type { ValueChoice } from "../workbook/value-settings.ts";
import { type AskParts, createAsk } from "./ask.ts";
import { type ChangeTable, createChangeTable } from "./change-table.ts";
import { findTables } from "./find-tables.ts";
import { createInsertTable, type InsertTable } from "./insert-table.ts";
import { forgetTables, type KeptTable } from "./kept-tables.ts";
import { createRefreshTables, type RefreshTables } from "./refresh-tables.ts";
import { createSerialize } from "./serialize.ts";

export interface TablesParts extends AskParts {
  readonly valueSettings: ValueChoice;
  readonly failedTables: Set<string>;
}

export interface Tables extends RefreshTables {
  readonly insertTable: InsertTable;
  readonly changeTable: ChangeTable;
  /** The tables of a scope, with the time of their data as far as it is known. */
  readonly listTables: (scope: Scope) => Promise<KeptTable[]>;
  /**
   * Makes the tables of a scope ordinary tables that nothing refreshes.
   * @returns how many there were
   */
  readonly convertTables: (scope: Scope) => Promise<number>;
}

export function createTables(parts: TablesParts): Tables {
  const ask = createAsk(parts);
  const serialize = createSerialize();
  const { rangeForm } = parts.valueSettings;
  const times = new Map<string, string>();
  const change = createChangeTable(ask, serialize, rangeForm);

  async function changeTable(...given: Parameters<ChangeTable>): ReturnType<ChangeTable> {
    const changed = await change(...given);
    times.delete(changed.table.key);
    return changed;
  }

  return {
    ...createRefreshTables(ask, serialize, rangeForm, { ...parts, times }),
    insertTable: createInsertTable(ask, serialize, rangeForm),
    changeTable,
    listTables: (scope) =>
      Excel.run(runOptions, async (context) =>
        (await findTables(context, scope)).map((table) => {
          const asOf = times.get(table.key) ?? table.asOf;
          return asOf === undefined ? table : { ...table, asOf };
        }),
      ),
    convertTables: (scope) =>
      serialize(() =>
        Excel.run(runOptions, async (context) => {
          const tables = await findTables(context, scope);
          await forgetTables(context, tables);
          return tables.length;
        }),
      ),
  };
}
