/**
 * Where the workbook saves its tables' queries, and whether it has any.
 * @module
 */
import { runOptions } from "../workbook/run-options.ts";

/**
 * Prefix of the setting keys. Each table has its own key, so that two people who each insert a table do not overwrite
 * each other's.
 */
export const keptTableKey = "KAL.table.";

/** @throws OfficeExtension.Error when Excel refuses. */
export function keepsTables(): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const settings = context.workbook.settings.load("items/key");
    await context.sync();
    return settings.items.some(({ key }) => key.startsWith(keptTableKey));
  });
}
