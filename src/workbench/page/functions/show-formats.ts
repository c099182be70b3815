/**
 * Applies the number formats of answers to every cell of a spilled table.
 *
 * They are applied only when cells are drawn and never stored: Univer itself would format only the first cell, and the
 * format would remain after the formula is gone.
 * @module
 */
import type { ICellData, Nullable } from "@univerjs/core";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";
import type { Grid } from "../grid/grid.ts";
import type { Answers } from "./answers.ts";

/** After spilled values are available (100), before formats turn numbers into text (10). */
const priority = 50;

export function showFormats({ injector }: Grid, answers: Answers): void {
  injector.get(SheetInterceptorService).intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
    id: "kal-number-formats",
    priority,
    handler: (cell, { subUnitId, row, col, workbook }, next) => {
      const pattern = answers.numberFormatAt({ sheetId: subUnitId, row, column: col }, cell?.v);
      if (pattern === undefined) return next(cell);
      const given = (cell as Nullable<ICellData>)?.s;
      const style = typeof given === "string" ? workbook.getStyles().get(given) : given;
      // A format chosen by the person takes precedence.
      if (style?.n) return next(cell);
      return next({ ...cell, s: { ...style, n: { pattern } } });
    },
  });
}
