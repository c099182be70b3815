/**
 * The queries of the workbook's tables, saved in the workbook without tickets or secrets.
 *
 * The query of a missing table stays saved: a colleague may have just inserted the table, or undo may restore it.
 * @module
 */
import { keptTableKey } from "./keeps-tables.ts";
import type { TableQuery } from "./table-query.ts";

export interface KeptTable {
  /** Its key in the workbook's settings. */
  readonly key: string;
  readonly name: string;
  /** Excel's id of the table, which stays when a person renames it. */
  readonly id: string;
  /** Includes the fields: the table must not change when the default columns of the collection are extended. */
  readonly query: TableQuery & { readonly fields: readonly string[] };
  /** The last seen heading of each field's column. */
  readonly headings: readonly string[];
  /** The last seen headings of the whole table, including a person's own columns. */
  readonly row: readonly string[];
  /** ISO date-time (UTC) of the data when the query was last saved; absent in tables of earlier versions. */
  readonly asOf?: string;
}

/** Whether the headings are the fields' names (1) or readable labels (2). */
export function headersOf({ headings, query: { fields } }: KeptTable): 1 | 2 {
  return headings.every((heading, at) => heading.toLowerCase().startsWith((fields[at] ?? "").toLowerCase()))
    ? 1
    : 2;
}

/**
 * Reads the saved tables from the workbook each time, because another person may have added some. Skips settings that
 * are not ours.
 */
export async function readKeptTables(context: Excel.RequestContext): Promise<KeptTable[]> {
  const settings = context.workbook.settings.load("items/key,items/value");
  await context.sync();
  return settings.items.flatMap(({ key, value }) =>
    key.startsWith(keptTableKey) && isKept(value) ? [{ ...value, key }] : [],
  );
}

/**
 * Saves a table under its key. Deletes another saved table with the same name: names are unique in a workbook, so that
 * table no longer exists.
 */
export async function keepTable(context: Excel.RequestContext, { key, ...table }: KeptTable): Promise<void> {
  const { settings } = context.workbook;
  for (const other of await readKeptTables(context)) {
    if (other.name === table.name && other.key !== key) settings.getItem(other.key).delete();
  }
  settings.add(key, table);
  await context.sync();
}

/** Deletes the saved queries; the tables stay in the sheets with their values. */
export async function forgetTables(
  context: Excel.RequestContext,
  tables: readonly KeptTable[],
): Promise<void> {
  for (const { key } of tables) context.workbook.settings.getItem(key).delete();
  await context.sync();
}

/** A key for a new table. */
export function newKey(): string {
  return keptTableKey + crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Checks the setting: the workbook may come from anywhere. */
function isKept(value: unknown): value is Omit<KeptTable, "key"> {
  const { name, id, query, headings, row, asOf } = (value ?? {}) as Partial<Record<keyof KeptTable, unknown>>;
  const asked = (query ?? {}) as Record<string, unknown>;
  const { connection, collection, query: text, fields, limit, where, moment, timeavg } = asked;
  return (
    typeof name === "string" &&
    typeof id === "string" &&
    typeof collection === "string" &&
    isTextOrLeftOut(connection) &&
    isTextOrLeftOut(text) &&
    (limit === undefined || typeof limit === "number") &&
    (where === undefined || Array.isArray(where)) &&
    isTextOrLeftOut(moment) &&
    isTextOrLeftOut(timeavg) &&
    areTexts(fields) &&
    areTexts(headings) &&
    areTexts(row) &&
    isTextOrLeftOut(asOf) &&
    fields.length === headings.length
  );
}

function isTextOrLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((value) => typeof value === "string");
}
