/**
 * The runtime's functions for tables in the workbook: insert and refresh.
 * @module
 */
import type { ValueChoice } from "../workbook/value-settings.ts";
import { type AskParts, createAsk } from "./ask.ts";
import { createInsertTable, type InsertTable } from "./insert-table.ts";
import { createRefreshTables, type RefreshTables } from "./refresh-tables.ts";
import { createSerialize } from "./serialize.ts";

export interface TablesParts extends AskParts {
  readonly valueSettings: ValueChoice;
}

export interface Tables extends RefreshTables {
  readonly insertTable: InsertTable;
}

export function createTables(parts: TablesParts): Tables {
  const ask = createAsk(parts);
  const serialize = createSerialize();
  const { rangeForm } = parts.valueSettings;
  return {
    ...createRefreshTables(ask, serialize, rangeForm, parts),
    insertTable: createInsertTable(ask, serialize, rangeForm),
  };
}
