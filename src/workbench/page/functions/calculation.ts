/**
 * Connects the grid's calculations with the calls: when a calculation ends, which cells change, which must be
 * recalculated.
 * @module
 */
import { ICommandService, type IObjectMatrixPrimitiveType, type IRange } from "@univerjs/core";
import {
  FormulaExecutedStateType,
  type ISetFormulaCalculationNotificationMutation,
  SetFormulaCalculationNotificationMutation,
  SetTriggerFormulaCalculationStartMutation,
} from "@univerjs/engine-formula";
import { type ISetRangeValuesMutationParams, SetRangeValuesMutation } from "@univerjs/sheets";
import type { Grid } from "../grid/grid.ts";
import type { Calls, CellPlace } from "./calls.ts";

/**
 * Reports events of the grid to the calls.
 * @param calculated called after every calculation
 * @param changed called after every calculation and every change of cells
 */
export function followCalculations(
  { injector }: Grid,
  calls: Calls,
  { calculated, changed }: { readonly calculated: () => void; readonly changed: () => void },
): void {
  injector.get(ICommandService).onCommandExecuted(({ id, params }, options) => {
    if (id === SetFormulaCalculationNotificationMutation.id) {
      const { functionsExecutedState: state } = params as ISetFormulaCalculationNotificationMutation;
      // A stopped calculation starts again, so its calls are incomplete.
      if (state !== undefined && state !== FormulaExecutedStateType.STOP_EXECUTION) {
        calls.calculated();
        calculated();
      }
      changed();
    }
    // Results of formulas arrive through the same command.
    if (id === SetRangeValuesMutation.id && !options?.["fromFormula"]) {
      for (const place of changedCells(params as ISetRangeValuesMutationParams)) calls.forget(place);
      changed();
    }
  });
}

/** The cells whose content changes, not only their format. */
export function changedCells({ subUnitId, cellValue }: ISetRangeValuesMutationParams): CellPlace[] {
  const places: CellPlace[] = [];
  for (const [row, columns] of Object.entries(cellValue ?? {})) {
    for (const [column, cell] of Object.entries(columns as IObjectMatrixPrimitiveType<object>[number])) {
      const isContent = !cell || "v" in cell || "f" in cell || "si" in cell || "p" in cell;
      if (isContent) places.push({ sheetId: subUnitId, row: Number(row), column: Number(column) });
    }
  }
  return places;
}

/** Recalculates cells. */
export function calculate({ api, injector }: Grid, places: readonly CellPlace[]): void {
  const unitId = api.getActiveWorkbook()?.getId() ?? "";
  const dirtyRanges = toRanges(places).map(({ sheetId, range }) => ({ unitId, sheetId, range }));
  void injector
    .get(ICommandService)
    .executeCommand(
      SetTriggerFormulaCalculationStartMutation.id,
      { commands: [], dirtyRanges, forceCalculation: false },
      { onlyLocal: true },
    );
}

/** Recalculates every formula and calls every function. */
export function calculateAll({ injector }: Grid): void {
  void injector
    .get(ICommandService)
    .executeCommand(
      SetTriggerFormulaCalculationStartMutation.id,
      { commands: [], dirtyRanges: [], forceCalculation: true },
      { onlyLocal: true },
    );
}

/** Merges cells in a column into ranges: the grid's own merging is quadratic. */
function toRanges(places: readonly CellPlace[]): { sheetId: string; range: IRange }[] {
  const sorted = [...places].sort(
    (a, b) => a.sheetId.localeCompare(b.sheetId) || a.column - b.column || a.row - b.row,
  );
  const ranges: { sheetId: string; range: IRange }[] = [];
  for (const { sheetId, row, column } of sorted) {
    const last = ranges.at(-1);
    if (last?.sheetId === sheetId && last.range.startColumn === column && last.range.endRow + 1 >= row) {
      last.range.endRow = row;
    } else {
      ranges.push({ sheetId, range: { startRow: row, endRow: row, startColumn: column, endColumn: column } });
    }
  }
  return ranges;
}
