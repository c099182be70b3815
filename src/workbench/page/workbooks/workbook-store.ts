/**
 * The workbooks saved in this browser, so that a reload, a crash or a closed window loses nothing.
 * @module
 */
import { createStore, delMany, get, set, values } from "idb-keyval";
import type { KeptWorkbook } from "./kept-workbook.ts";
import { readStoredWorkbook } from "./workbook-file.ts";

/** Only the last changed ones are kept; adding another deletes the oldest. */
const maxWorkbooks = 10;

const store = createStore("kal-workbench", "workbooks");

/** @returns undefined also for one that is damaged */
export async function readWorkbook(id: string): Promise<KeptWorkbook | undefined> {
  return readStoredWorkbook(await get(id, store));
}

/** Last changed first. */
export async function listWorkbooks(): Promise<KeptWorkbook[]> {
  const all = await values<unknown>(store);
  return all.flatMap((stored) => readStoredWorkbook(stored) ?? []).sort((a, b) => b.changedAt - a.changedAt);
}

export function updateWorkbook(workbook: KeptWorkbook): Promise<void> {
  return set(workbook.id, workbook, store);
}

export async function addWorkbook(workbook: KeptWorkbook): Promise<void> {
  await updateWorkbook(workbook);
  const old = (await listWorkbooks()).slice(maxWorkbooks);
  await delMany(
    old.map(({ id }) => id),
    store,
  );
}

/** Key prefix for a workbook that a closing page could not save in the database. */
const leftBehind = "kal-workbench.left-behind.";

/** For a page that is closing: the database would answer too late. @returns whether there was room for it */
export function leaveBehind(workbook: KeptWorkbook): boolean {
  try {
    localStorage.setItem(leftBehind + workbook.id, JSON.stringify(workbook));
    return true;
  } catch {
    return false;
  }
}

function readLeftBehind(text: string): KeptWorkbook | undefined {
  try {
    return readStoredWorkbook(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Moves workbooks that closed pages have left behind into the database. */
export async function takeLeftBehind(): Promise<void> {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(leftBehind))) {
    const text = localStorage.getItem(key);
    // Remove it first, so that a damaged one does not block every window forever.
    localStorage.removeItem(key);
    const workbook = text === null ? undefined : readLeftBehind(text);
    if (workbook) await updateWorkbook(workbook);
  }
}
