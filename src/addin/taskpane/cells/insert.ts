/**
 * Inserts a formula, takes it back, and says what came of it.
 * @module
 */
import { reasonOf } from "../common/reason-of.ts";
import { writingTexts as words } from "../texts/writing.ts";
import type { Selection } from "./selection.ts";
import { type InsertOptions, insertFormula, takeBack, type Written } from "./write-formula.ts";

/** Either the formula was written, or another cell is selected by now and nothing was written. */
export type Told =
  | { readonly text: string; readonly written: Written; readonly selection?: undefined }
  | { readonly text: string; readonly selection: Selection; readonly written?: undefined };

/** @throws OfficeExtension.Error when Excel refuses. */
export async function insertAndTell(formula: string, options: InsertOptions): Promise<Told> {
  const inserted = await insertFormula(formula, options);
  if (inserted.result === "moved") {
    const { selection } = inserted;
    return { selection, text: words.moved(selection.address, selection.blocked) };
  }
  const { written } = inserted;
  const tell = written.before === undefined ? words.insertedOnSheet : words.inserted;
  return { written, text: tell(written.address) };
}

/** Takes back what was written, unless somebody has changed it. Never rejects. */
export async function takeBackAndTell(
  written: Written,
): Promise<{ readonly isDone: boolean; readonly text: string }> {
  try {
    const isDone = await takeBack(written);
    const done = written.before === undefined ? words.undoneSheet : words.undone(written.address);
    return { isDone, text: isDone ? done : words.notUndone(written.address) };
  } catch (error) {
    return { isDone: false, text: words.refused(reasonOf(error)) };
  }
}
