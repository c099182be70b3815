/**
 * The tables that formulas spill into the grid.
 * @module
 */
import type { IRange } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import type { Area, SpreadsheetModel } from "../../excel-host/model.ts";
import { toArea } from "./grid-area.ts";
import type { Grid } from "./grid.ts";

export type GridSpills = Pick<SpreadsheetModel, "spillOf" | "spills">;

export function createGridSpills({ api, injector }: Grid): GridSpills {
  const formulas = injector.get(FormulaDataModel);
  const ranges = (sheetId: string) => {
    const unitId = api.getActiveWorkbook()?.getId() ?? "";
    return (formulas.getArrayFormulaRange()[unitId]?.[sheetId] ?? {}) as Record<
      number,
      Record<number, IRange>
    >;
  };

  function toSpill(sheetId: string, range: IRange | undefined): Area | undefined {
    if (!range) return undefined;
    const area = toArea(sheetId, range);
    if (area.rows === 1 && area.columns === 1) return undefined;
    // A table without room keeps its range.
    const sheet = api.getActiveWorkbook()?.getSheetBySheetId(sheetId)?.getSheet();
    return sheet?.getCellRaw(area.row, area.column)?.v === "#SPILL!" ? undefined : area;
  }

  return {
    spillOf: (sheetId, row, column) => toSpill(sheetId, ranges(sheetId)[row]?.[column]),
    spills: (sheetId) =>
      Object.values(ranges(sheetId)).flatMap((columns) =>
        Object.values(columns).flatMap((range) => toSpill(sheetId, range) ?? []),
      ),
  };
}
