/**
 * Inserts a table where the pane has said, or on a new sheet if something is in the way. Can undo this if nobody has
 * changed the table since.
 * @module
 */
import type { InsertOptions, TableRequest } from "../../runtime/tables/insert-table.ts";
import type { NewTable } from "../../runtime/tables/write-table.ts";
import { runOptions } from "../../runtime/workbook/run-options.ts";
import { fullAddress } from "../../../excel/address.ts";
import type { Selection } from "./selection.ts";
import { addSheet } from "./write-formula.ts";

export interface WrittenTable extends NewTable {
  /** Whether the sheet was created for it. */
  readonly isOnNewSheet: boolean;
  /** The contents just after writing; undefined if there are too many cells to compare. */
  readonly contents: string | undefined;
}

type Insert = (request: TableRequest, options: InsertOptions) => Promise<NewTable>;

/** Maximum cells compared before a table is removed. */
const maxCompared = 20_000;

/**
 * @param insert the runtime's own function, loaded with the first table
 * @throws as `insert`; a sheet created for the table is then removed
 */
export async function insertTableAt(
  insert: Insert,
  request: TableRequest,
  { address, blocked }: Selection,
  sheetName: string,
  options: Omit<InsertOptions, "place">,
): Promise<WrittenTable> {
  const sheet = blocked === undefined ? undefined : await makeSheet(sheetName);
  try {
    const place = sheet ? fullAddress(sheet, { row: 0, column: 0, rows: 1, columns: 1 }) : address;
    const table = await insert(request, { ...options, place });
    return { ...table, isOnNewSheet: sheet !== undefined, contents: await contentsOf(table) };
  } catch (error) {
    if (sheet) await removeEmptySheet(sheet).catch(() => undefined);
    throw error;
  }
}

/**
 * Removes a table with its cells, and the sheet created for it.
 * @returns false if it has been changed or moved since; then nothing is done
 */
export function takeTableBack(table: WrittenTable): Promise<boolean> {
  return Excel.run(runOptions, async (context) => {
    const now = await readTable(context, table.name);
    if (!now || now.contents !== table.contents || now.range.address !== table.address) return false;
    const { worksheet } = now.range;
    const used = worksheet.getUsedRangeOrNullObject(true).load("address");
    await context.sync();
    if (table.isOnNewSheet && used.address === table.address) worksheet.delete();
    else now.table.delete();
    await context.sync();
    return true;
  });
}

function makeSheet(name: string): Promise<string> {
  return Excel.run(runOptions, async (context) => {
    const sheet = (await addSheet(context, name)).load("name");
    await context.sync();
    return sheet.name;
  });
}

function removeEmptySheet(name: string): Promise<void> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItem(name);
    const used = sheet.getUsedRangeOrNullObject(true).load("address");
    await context.sync();
    if (used.isNullObject) sheet.delete();
    await context.sync();
  });
}

function contentsOf({ name }: NewTable): Promise<string | undefined> {
  return Excel.run(runOptions, async (context) => (await readTable(context, name))?.contents);
}

async function readTable(context: Excel.RequestContext, name: string) {
  const table = context.workbook.tables.getItemOrNullObject(name).load("id");
  await context.sync();
  if (table.isNullObject) return undefined;
  const range = table.getRange().load("address,cellCount");
  await context.sync();
  if (range.cellCount > maxCompared) return { table, range, contents: undefined };
  const contents = range.getResizedRange(0, 0).load("values");
  await context.sync();
  return { table, range, contents: JSON.stringify(contents.values) };
}
