/**
 * Where the workbook keeps its tables' queries, and whether it has any.
 * @module
 */
import { runOptions } from "../workbook/kal-cells.ts";

/** Each table has a key of its own behind this: two people who insert one each do not write to the same. */
export const keptTableKey = "KAL.table.";

/** @throws OfficeExtension.Error when Excel refuses. */
export function keepsTables(): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const settings = context.workbook.settings.load("items/key");
    await context.sync();
    return settings.items.some(({ key }) => key.startsWith(keptTableKey));
  });
}
