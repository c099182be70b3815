/**
 * Loads the code for tables, a separate chunk: most workbooks have only formulas.
 * @module
 */
import { loadCode } from "../load-code.ts";
import type { Tables, TablesParts } from "./tables.ts";

export type { RefreshedTable } from "./refresh-tables.ts";
export type { Tables } from "./tables.ts";

/** @throws KalError KAL_OFFLINE if the code cannot be loaded; the next call tries again. */
export type LoadTables = () => Promise<Tables>;

export function createTablesLoader(parts: TablesParts): LoadTables {
  let loaded: Promise<Tables> | undefined;
  return () =>
    (loaded ??= loadCode(() => import("./tables.ts")).then(
      ({ createTables }) => createTables(parts),
      (error: unknown) => {
        loaded = undefined;
        throw error;
      },
    ));
}
