/**
 * Loads the code for tables, a separate chunk: most workbooks have only formulas.
 * @module
 */
import { loadOnce } from "../load-code.ts";
import type { Tables, TablesParts } from "./tables.ts";

export type { RefreshedTable } from "./refresh-tables.ts";
export type { Tables } from "./tables.ts";

/** @throws KalError KAL_OFFLINE if the code cannot be loaded; the next call tries again. */
export type LoadTables = () => Promise<Tables>;

export function createTablesLoader(parts: TablesParts): LoadTables {
  return loadOnce(async () => (await import("./tables.ts")).createTables(parts));
}
