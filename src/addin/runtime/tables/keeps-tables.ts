/**
 * Where the workbook keeps its tables' queries, and whether it has any.
 * @module
 */
import { readWorkbookSetting } from "../workbook/workbook-settings.ts";

export const keptTablesKey = "KAL.tables";

export function keepsTables(): boolean {
  return readWorkbookSetting(keptTablesKey) !== undefined;
}
