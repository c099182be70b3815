/**
 * The queries of the workbook's tables, saved in the workbook by the tables' names: no ticket, no secret.
 * @module
 */
import { readWorkbookSetting, writeWorkbookSettings } from "../workbook/workbook-settings.ts";
import { keptTablesKey } from "./keeps-tables.ts";
import type { TableQuery } from "./table-query.ts";

export interface KeptTable {
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

/** All that the workbook has kept, without what is none of ours. */
export function keptTables(): KeptTable[] {
  const stored = readWorkbookSetting(keptTablesKey);
  if (typeof stored !== "object" || stored === null) return [];
  return Object.entries(stored).flatMap(([name, kept]) => (isKept(kept) ? [{ ...kept, name }] : []));
}

/** Keeps a table in the place of what was kept under its id or its name, else behind the others. */
export function keepTable(table: KeptTable): void {
  const tables = keptTables();
  const isItself = ({ id, name }: KeptTable) => id === table.id || name === table.name;
  const place = tables.findIndex(isItself);
  const others = tables.filter((one) => !isItself(one));
  write(place < 0 ? [...others, table] : [...others.slice(0, place), table, ...others.slice(place)]);
}

/** Forgets tables that are not there any more. */
export function forgetTables(gone: readonly KeptTable[]): void {
  if (gone.length === 0) return;
  write(keptTables().filter(({ name }) => !gone.some((one) => one.name === name)));
}

function write(tables: readonly KeptTable[]): void {
  writeWorkbookSettings({
    [keptTablesKey]: Object.fromEntries(tables.map(({ name, ...kept }) => [name, kept])),
  });
}

/** The workbook may come from anywhere. */
function isKept(value: unknown): value is Omit<KeptTable, "name"> {
  const { id, query, headings, row } = (value ?? {}) as Partial<Record<keyof KeptTable, unknown>>;
  const { connection, collection, query: text, fields, limit } = (query ?? {}) as Record<string, unknown>;
  return (
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
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
