/**
 * Sheets that are made for one piece of work, and removed again if it fails.
 * @module
 */
import { runOptions } from "./run-options.ts";
import { freeSheetName } from "./sheet-name.ts";

/**
 * Adds a sheet and shows it, then works on it.
 * @param name cut and numbered so that it is free
 * @throws what the work throws, after the sheet has been removed; OfficeExtension.Error when Excel refuses.
 */
export async function onNewSheet<Result>(
  name: string,
  work: (sheet: string) => Promise<Result>,
): Promise<Result> {
  const { made, before } = await Excel.run(runOptions, async (context) => {
    const { worksheets } = context.workbook;
    const active = worksheets.getActiveWorksheet().load("name");
    worksheets.load("items/name");
    await context.sync();
    const taken = worksheets.items.map((sheet) => sheet.name);
    const sheet = worksheets.add(freeSheetName(name, taken)).load("name");
    sheet.activate();
    await context.sync();
    return { made: sheet.name, before: active.name };
  });
  try {
    return await work(made);
  } catch (error) {
    await remove(made, before).catch(() => undefined);
    throw error;
  }
}

function remove(name: string, before: string): Promise<void> {
  return Excel.run(runOptions, async (context) => {
    const { worksheets } = context.workbook;
    const [sheet, active] = [worksheets.getItemOrNullObject(name), worksheets.getItemOrNullObject(before)];
    await context.sync();
    if (!active.isNullObject) active.activate();
    if (!sheet.isNullObject) sheet.delete();
    await context.sync();
  });
}
