/**
 * The texts of the errors that cells show.
 * @module
 */
import type { IRange } from "@univerjs/core";
import { FormulaDataModel, IFunctionService } from "@univerjs/engine-formula";
import { type Cell, type CellError, isCellError } from "../../excel-host/cells.ts";
import type { Grid } from "../grid/grid.ts";
import type { Calls, CellPlace } from "./calls.ts";
import { explainError } from "./explain-error.ts";

export interface Answers {
  /** The text of the error that a cell shows, or another explanation of it. */
  readonly errorTextAt: (place: CellPlace, shown: unknown) => string | undefined;
}

/** @param names of the add-in's functions as people write them */
export function createAnswers({ api, injector }: Grid, calls: Calls, names: readonly string[]): Answers {
  const formulas = injector.get(FormulaDataModel);
  const executors = injector.get(IFunctionService);

  /** The cell whose formula fills this one: itself, or the first cell of the table that spills over it. */
  function originOf(place: CellPlace): CellPlace {
    // A table that cannot spill keeps its range, so the cell's own results come first.
    if (calls.resultsOf(place).length > 0) return place;
    const { sheetId, row, column } = place;
    const ranges = formulas.getArrayFormulaRange()[api.getActiveWorkbook()?.getId() ?? ""]?.[sheetId];
    for (const columns of Object.values(ranges ?? {})) {
      for (const range of Object.values(columns as Record<string, IRange>)) {
        const inside =
          row >= range.startRow &&
          row <= range.endRow &&
          column >= range.startColumn &&
          column <= range.endColumn;
        if (inside) return { sheetId, row: range.startRow, column: range.startColumn };
      }
    }
    return place;
  }

  /** The parts of answers that this cell may show. */
  function cellsFor(place: CellPlace): Cell[] {
    const origin = originOf(place);
    const rows = place.row - origin.row;
    const columns = place.column - origin.column;
    return calls.resultsOf(origin).flatMap((result) => result[rows]?.[columns] ?? []);
  }

  return {
    errorTextAt(place, shown) {
      if (typeof shown !== "string" || !shown.startsWith("#")) return undefined;
      const error = cellsFor(place).find(
        (cell): cell is CellError => isCellError(cell) && cell.error === shown,
      );
      // An error among the arguments is returned without a text.
      if (error?.message !== undefined) return error.message;
      const sheet = api.getActiveWorkbook()?.getSheetBySheetId(place.sheetId);
      const formula = sheet?.getRange(place.row, place.column).getFormula() ?? "";
      const defined = api.getActiveWorkbook()?.getDefinedNames() ?? [];
      const grid = [
        ...Array.from(executors.getExecutors().keys(), String),
        ...defined.map((name) => name.getName().toUpperCase()),
      ];
      return explainError(shown, formula, { addin: names, grid });
    },
  };
}
