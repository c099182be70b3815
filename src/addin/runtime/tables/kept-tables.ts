/**
 * The queries of the workbook's tables, saved in the workbook: no ticket, no secret.
 *
 * One that is not there stays: it may be a table that a colleague has just inserted, or that undo brings back.
 * @module
 */
import { keptTableKey } from "./keeps-tables.ts";
import type { TableQuery } from "./table-query.ts";

export interface KeptTable {
  /** Under which the workbook keeps it. */
  readonly key: string;
  readonly name: string;
  /** Excel's own name for it, which stays when a person renames the table. */
  readonly id: string;
  /** With its fields: what the table shows does not change when default columns are added. */
  readonly query: TableQuery & { readonly fields: readonly string[] };
  /** For each field the heading of its column, as it was last seen. */
  readonly headings: readonly string[];
  /** The headings of the whole table as they were last seen: a person may have columns of their own in it. */
  readonly row: readonly string[];
}

/**
 * All that the workbook has kept, as it is now: another person may have added tables since it was opened. What is none
 * of ours is left out.
 */
export async function readKeptTables(context: Excel.RequestContext): Promise<KeptTable[]> {
  const settings = context.workbook.settings.load("items/key,items/value");
  await context.sync();
  return settings.items.flatMap(({ key, value }) =>
    key.startsWith(keptTableKey) && isKept(value) ? [{ ...value, key }] : [],
  );
}

/**
 * Keeps a table in the place of what was kept under its key. Another one of its name is forgotten: the workbook has no
 * two tables of a name, so that one is not there any more.
 */
export async function keepTable(context: Excel.RequestContext, { key, ...table }: KeptTable): Promise<void> {
  const { settings } = context.workbook;
  for (const other of await readKeptTables(context)) {
    if (other.name === table.name && other.key !== key) settings.getItem(other.key).delete();
  }
  settings.add(key, table);
  await context.sync();
}

/** A key for a table that is new. */
export function newKey(): string {
  return keptTableKey + crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** The workbook may come from anywhere. */
function isKept(value: unknown): value is Omit<KeptTable, "key"> {
  const { name, id, query, headings, row } = (value ?? {}) as Partial<Record<keyof KeptTable, unknown>>;
  const { connection, collection, query: text, fields, limit } = (query ?? {}) as Record<string, unknown>;
  return (
    typeof name === "string" &&
    typeof id === "string" &&
    typeof collection === "string" &&
    isTextOrLeftOut(connection) &&
    isTextOrLeftOut(text) &&
    (limit === undefined || typeof limit === "number") &&
    areTexts(fields) &&
    areTexts(headings) &&
    areTexts(row) &&
    fields.length === headings.length
  );
}

function isTextOrLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((value) => typeof value === "string");
}
