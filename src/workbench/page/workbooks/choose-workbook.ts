/**
 * Which workbook this window shows. As in Excel each window shows one, and one workbook is open in one window only.
 * @module
 */
import { createSampleContent } from "../sample-workbook.ts";
import { blankContent, type KeptWorkbook, newWorkbook, nextName } from "./kept-workbook.ts";
import { addWorkbook, listWorkbooks, readWorkbook, takeLeftBehind } from "./workbook-store.ts";

/** What the address says behind the question mark: `new`, `sample`, or `workbook=` and an id. */
const wish = { blank: "new", sample: "sample", workbook: "workbook" };

const lockName = (id: string) => `kal-workbench.${id}`;

/** In milliseconds: a page that is reloaded lets go of its workbook a moment after the new one has begun. */
const patience = 1_000;

/**
 * The workbook that the address asks for; without a wish the one used last, on the first visit the sample.
 * It is this window's until the window is closed.
 */
export function chooseWorkbook(): Promise<KeptWorkbook> {
  return choose().catch((error: unknown) => {
    // Without storage the workbench works all the same; what keeps the workbook says so at the first change.
    console.warn(error);
    return newSample();
  });
}

async function choose(): Promise<KeptWorkbook> {
  const wishes = new URLSearchParams(location.search);
  const wanted = wishes.get(wish.workbook);
  await takeLeftBehind();
  const kept = await listWorkbooks();
  if (wishes.has(wish.blank)) return begin(newWorkbook(nextName(namesOf(kept)), blankContent()));
  if (wishes.has(wish.sample) || kept.length === 0) return begin(newSample());
  if (wanted !== null) {
    const workbook = await readWorkbook(wanted);
    if (workbook && (await claim(wanted, patience))) return workbook;
  } else {
    for (const workbook of kept) if (await claim(workbook.id)) return named(workbook);
  }
  return begin(newWorkbook(nextName(namesOf(kept)), blankContent()));
}

/** Opens another window, for a new workbook or one that is kept. */
export function openWindow(which: "new" | "sample" | { readonly id: string }): void {
  const query = typeof which === "string" ? which : new URLSearchParams({ [wish.workbook]: which.id });
  // Without a way back each window has a process of its own, and none waits for the other.
  window.open(`${location.pathname}?${String(query)}`, "_blank", "noopener");
}

/** Kept workbooks that no window shows. */
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

/** From now on the window's address names its workbook, so that a reload finds it. */
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
