/**
 * Shows the number formats that answers bring along, in every cell of a spilled table.
 *
 * They are laid over the cells while these are drawn and never become part of them: Univer itself would format the
 * first cell only, and leave the format behind when the formula has gone.
 * @module
 */
import type { ICellData, Nullable } from "@univerjs/core";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";
import type { Grid } from "../grid/grid.ts";
import type { Answers } from "./answers.ts";

/** After the values of spilled tables are there (100), before numbers become text by their format (10). */
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
      // A format that the person has chosen counts more.
      if (style?.n) return next(cell);
      return next({ ...cell, s: { ...style, n: { pattern } } });
    },
  });
}
