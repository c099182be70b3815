/**
 * Chooses the workbook of this window. As in Excel, each window shows one workbook, and a workbook is open in one
 * window only.
 * @module
 */
import { createSampleContent } from "../sample-workbook.ts";
import { blankContent, type KeptWorkbook, newWorkbook, nextName } from "./kept-workbook.ts";
import { addWorkbook, listWorkbooks, readWorkbook, takeLeftBehind } from "./workbook-store.ts";

/** The query of the window's address: `new`, `sample`, or `workbook=` and an id. */
const wish = { blank: "new", sample: "sample", workbook: "workbook" };

const lockName = (id: string) => `kal-workbench.${id}`;

/** Milliseconds: when a page is reloaded, the old page releases its workbook shortly after the new one has started. */
const patience = 1_000;

/**
 * The workbook that the address asks for; otherwise the last one used, or the sample on the first visit. This window
 * keeps it until it is closed.
 */
export function chooseWorkbook(): Promise<KeptWorkbook> {
  return choose().catch((error: unknown) => {
    // The workbench also works without storage; the first change then shows a notice.
    console.warn(error);
    return newSample();
  });
}

async function choose(): Promise<KeptWorkbook> {
  const wishes = new URLSearchParams(location.search);
  const requested = wishes.get(wish.workbook);
  await takeLeftBehind();
  const kept = await listWorkbooks();
  if (wishes.has(wish.blank)) return begin(newWorkbook(nextName(namesOf(kept)), blankContent()));
  if (wishes.has(wish.sample) || kept.length === 0) return begin(newSample());
  if (requested !== null) {
    const workbook = await readWorkbook(requested);
    if (workbook && (await claim(requested, patience))) return workbook;
  } else {
    for (const workbook of kept) if (await claim(workbook.id)) return named(workbook);
  }
  return begin(newWorkbook(nextName(namesOf(kept)), blankContent()));
}

/** Opens a new or saved workbook in another window. */
export function openWindow(which: "new" | "sample" | { readonly id: string }): void {
  const query = typeof which === "string" ? which : new URLSearchParams({ [wish.workbook]: which.id });
  // Without an opener each window has its own process, so that none blocks another.
  window.open(`${location.pathname}?${String(query)}`, "_blank", "noopener");
}

/** Saved workbooks that no window shows. */
export async function closedWorkbooks(): Promise<KeptWorkbook[]> {
  const { held = [] } = await navigator.locks.query();
  const open = new Set(held.map(({ name }) => name));
  return (await listWorkbooks()).filter(({ id }) => !open.has(lockName(id)));
}

function newSample(): KeptWorkbook {
  return newWorkbook("Sample prices", createSampleContent());
}

async function begin(workbook: KeptWorkbook): Promise<KeptWorkbook> {
  await claim(workbook.id);
  await addWorkbook(workbook);
  return named(workbook);
}

/** Puts the workbook into the window's address, so that a reload finds it. */
function named(workbook: KeptWorkbook): KeptWorkbook {
  history.replaceState(null, "", `?${String(new URLSearchParams({ [wish.workbook]: workbook.id }))}`);
  return workbook;
}

const namesOf = (workbooks: readonly KeptWorkbook[]) => workbooks.map(({ name }) => name);

/** @returns whether no other window shows it */
function claim(id: string, wait = 0): Promise<boolean> {
  const options = wait > 0 ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true };
  return new Promise((resolve) => {
    const held = navigator.locks.request(lockName(id), options, (lock) => {
      resolve(lock !== null);
      // Held until the window is closed.
      return lock ? new Promise<never>(() => undefined) : undefined;
    });
    held.catch(() => resolve(false));
  });
}
