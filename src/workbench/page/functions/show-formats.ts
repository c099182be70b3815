/**
 * Applies the number formats of results to the cells that show them, to every cell of a spilled table.
 *
 * They are applied only when cells are drawn and never stored: Univer itself would format only the first cell, and the
 * format would remain after the formula is gone.
 * @module
 */
import type { ICellData, Nullable } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";
import type { Grid } from "../grid/grid.ts";
import { carriedFormat, carryFormats } from "./carry-formats.ts";

/** After spilled values are available (100), before formats turn numbers into text (10). */
const priority = 50;

export function showFormats({ injector }: Grid): void {
  carryFormats();
  const formulas = injector.get(FormulaDataModel);
  injector.get(SheetInterceptorService).intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
    id: "kal-number-formats",
    priority,
    handler: (cell, { unitId, subUnitId, row, col, workbook, rawData }, next) => {
      if (typeof cell?.v !== "number") return next(cell);
      const spilled = formulas.getArrayFormulaCellData()[unitId]?.[subUnitId]?.[row]?.[col];
      const pattern = carriedFormat(spilled) ?? patternOf(spilled) ?? carriedFormat(rawData);
      if (pattern === undefined) return next(cell);
      const given = (cell as Nullable<ICellData>)?.s;
      const style = typeof given === "string" ? workbook.getStyles().get(given) : given;
      // A format chosen by the person takes precedence.
      if (style?.n) return next(cell);
      return next({ ...cell, s: { ...style, n: { pattern } } });
    },
  });
}

/** The format that the grid itself took over from a cell to which the formula refers. */
function patternOf(result: Nullable<ICellData>): string | undefined {
  return typeof result?.s === "object" ? result.s?.n?.pattern : undefined;
}
