/**
 * What people take back with Ctrl+Z: writes into cells, the latest first.
 * @module
 */
import type { Area, CellContent, SpreadsheetModel } from "./model.ts";

/** The cells of a write as they were before it. */
interface Before {
  readonly area: Area;
  readonly contents: readonly (readonly CellContent[])[];
  readonly numberFormats: readonly (readonly string[])[];
}

/** @param model writes without being noted */
export function createUndo(model: Pick<SpreadsheetModel, "read" | "write" | "setNumberFormat">) {
  let steps: Before[] = [];
  return {
    /** Notes the cells before they are written. */
    note(area: Area): void {
      const cells = model.read(area);
      steps.push({
        area,
        contents: cells.map((row) => row.map(({ formula }) => formula)),
        numberFormats: cells.map((row) => row.map(({ numberFormat }) => numberFormat)),
      });
    },
    clearUndo(): void {
      steps = [];
    },
    /** Takes back everything since undo was last cleared. @returns whether there was anything */
    undoAll(): boolean {
      const [...taken] = steps;
      steps = [];
      for (const { area, contents, numberFormats } of taken.reverse()) {
        model.setNumberFormat(area, numberFormats);
        model.write(area, contents);
      }
      return taken.length > 0;
    },
  };
}
