/**
 * The undo history: writes into cells and changes of tables, latest first.
 * @module
 */
import type { Area, SpreadsheetModel } from "./model.ts";

/** @param model writes without recording */
export function createUndo(model: Pick<SpreadsheetModel, "read" | "write" | "setNumberFormat">) {
  let steps: (() => void)[] = [];
  return {
    /** Records the cells before they are written. */
    noteCells(area: Area): void {
      const cells = model.read(area);
      const contents = cells.map((row) => row.map(({ formula }) => formula));
      const numberFormats = cells.map((row) => row.map(({ numberFormat }) => numberFormat));
      steps.push(() => {
        model.setNumberFormat(area, numberFormats);
        model.write(area, contents);
      });
    },
    /** Records another change by the function that undoes it. */
    note(takeBack: () => void): void {
      steps.push(takeBack);
    },
    clearUndo(): void {
      steps = [];
    },
    /** Undoes everything since undo was last cleared. @returns whether there was anything to undo */
    undoAll(): boolean {
      const taken = steps;
      steps = [];
      for (const takeBack of taken.reverse()) takeBack();
      return taken.length > 0;
    },
  };
}
