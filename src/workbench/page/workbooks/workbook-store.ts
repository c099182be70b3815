/**
 * The workbooks that this browser keeps, so that a reload, a crash or a closed window loses nothing.
 * @module
 */
import { createStore, delMany, get, set, values } from "idb-keyval";
import type { KeptWorkbook } from "./kept-workbook.ts";

/** The ones changed last; older ones are forgotten when another is added. */
const most = 10;

const store = createStore("kal-workbench", "workbooks");

export function readWorkbook(id: string): Promise<KeptWorkbook | undefined> {
  return get(id, store);
}

/** Those changed last come first. */
export async function listWorkbooks(): Promise<KeptWorkbook[]> {
  const all: KeptWorkbook[] = await values(store);
  return all.sort((a, b) => b.changedAt - a.changedAt);
}

export function updateWorkbook(workbook: KeptWorkbook): Promise<void> {
  return set(workbook.id, workbook, store);
}

export async function addWorkbook(workbook: KeptWorkbook): Promise<void> {
  await updateWorkbook(workbook);
  const old = (await listWorkbooks()).slice(most);
  await delMany(
    old.map(({ id }) => id),
    store,
  );
}
