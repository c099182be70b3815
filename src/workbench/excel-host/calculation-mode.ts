/**
 * Automatic and manual calculation: which cells calculate at once, and which wait for a command.
 *
 * `setDirty` calculates "when the next recalculation occurs" (office-js typings); VBA's Range.Dirty calculates in
 * automatic mode and only marks in manual mode. `Range.calculate` calculates in both.
 * @module
 */
import { intersection } from "./areas.ts";
import type { Area, CalculationMode, SpreadsheetModel } from "./model.ts";

export type CalculationParts = Pick<
  SpreadsheetModel,
  "calculationMode" | "setCalculationMode" | "markDirty" | "calculate" | "calculateDirty"
>;

/** @param run calculates the formulas in areas */
export function createCalculation(
  run: (areas: readonly Area[]) => void,
  initialMode: CalculationMode = "Automatic",
): CalculationParts {
  let mode = initialMode;
  let dirty: Area[] = [];

  function calculateDirty(): void {
    const areas = dirty;
    dirty = [];
    if (areas.length > 0) run(areas);
  }

  return {
    calculationMode: () => mode,
    setCalculationMode(next) {
      mode = next;
      if (mode !== "Manual") calculateDirty();
    },
    markDirty(areas) {
      if (mode === "Manual") dirty.push(...areas);
      else run(areas);
    },
    calculate(areas) {
      // A marked area stays marked if only a part of it is calculated.
      dirty = dirty.filter((dirtyArea) => !areas.some((area) => isWithin(dirtyArea, area)));
      run(areas);
    },
    calculateDirty,
  };
}

function isWithin(inner: Area, outer: Area): boolean {
  const shared = intersection(inner, outer);
  return shared?.rows === inner.rows && shared.columns === inner.columns;
}
