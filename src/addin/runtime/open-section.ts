/**
 * Asking for a section of the pane from outside it: a button of the ribbon, or a shortcut.
 * @module
 */

export type SectionId = "build" | "activity" | "settings" | "connection";

let wanted: SectionId | undefined;
let listener: (() => void) | undefined;

/** Brings the pane forward with a section. One that was not loaded yet opens with it, as soon as it can. */
export async function openSection(id: SectionId): Promise<void> {
  wanted = id;
  listener?.();
  // A page in a plain browser is in front already.
  await Office.addin?.showAsTaskpane?.();
}

let isEditWanted = false;
let editListener: (() => void) | undefined;

/** Brings the builder forward with the formula of the selected cell in it. */
export async function editSelectedFormula(): Promise<void> {
  isEditWanted = true;
  editListener?.();
  await openSection("build");
}

/** Whether the selected formula was asked for; says so once. */
export function takeWantedEdit(): boolean {
  const isWanted = isEditWanted;
  isEditWanted = false;
  return isWanted;
}

/** Calls back when the selected formula is asked for; the builder alone listens. */
export function onEditWanted(called: (() => void) | undefined): void {
  editListener = called;
}

/** Hands over what was asked for, once. */
export function takeWantedSection(): SectionId | undefined {
  const id = wanted;
  wanted = undefined;
  return id;
}

/** Calls back when a section is asked for; the pane alone listens. */
export function onSectionWanted(called: (() => void) | undefined): void {
  listener = called;
}
