/**
 * Copies what formulas spill. The grid copies only the cell that has the formula: other programs would get empty cells,
 * and so would who pastes values or copies a part.
 * @module
 */
import type { ICellData, Nullable } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import { ISheetClipboardService, PREDEFINED_HOOK_NAME_PASTE } from "@univerjs/sheets-ui";
import { intersection } from "../../excel-host/areas.ts";
import type { Area } from "../../excel-host/model.ts";
import { carriedFormat } from "../functions/carry-formats.ts";
import { toArea } from "./grid-area.ts";
import type { GridSpills } from "./grid-spills.ts";
import type { Grid } from "./grid.ts";
import { sheetOf } from "./open-workbook.ts";

/** Before the grid's own hooks (0), which paste what this one has added. */
const priority = -1;

export function copySpills(grid: Grid, { spills }: GridSpills): void {
  const formulas = grid.injector.get(FormulaDataModel);
  /** The spilled tables among the copied cells that are copied with their formulas. */
  let whole: readonly Area[] = [];
  let from = { unitId: "", sheetId: "" };

  /** A spilled value; undefined for a cell with a content of its own, as the formula. */
  function spilledAt({ unitId, sheetId }: typeof from, row: number, column: number): Nullable<ICellData> {
    const own = sheetOf(grid, sheetId).getSheet().getCellRaw(row, column);
    if (own?.f || own?.si || (own?.v ?? "") !== "") return undefined;
    return formulas.getArrayFormulaCellData()[unitId]?.[sheetId]?.[row]?.[column];
  }

  grid.injector.get(ISheetClipboardService).addClipboardHook({
    id: "kal-spills",
    priority,
    onBeforeCopy(unitId, sheetId, range) {
      from = { unitId, sheetId };
      whole = spills(sheetId).filter((spill) =>
        intersection(toArea(sheetId, range), { ...spill, rows: 1, columns: 1 }),
      );
    },
    getCellValueBySpecialMatrix(row, column) {
      const spilled = spilledAt(from, row, column);
      if (!spilled) return undefined;
      const { sheetId } = from;
      const displayV = sheetOf(grid, sheetId).getRange(row, column).getDisplayValue();
      const cell = { sheetId, row, column, rows: 1, columns: 1 };
      // Pasted with its formula, the value comes from it again.
      if (whole.some((spill) => intersection(spill, cell))) return { displayV };
      const pattern = carriedFormat(spilled);
      return { ...spilled, displayV, ...(pattern !== undefined && { s: { n: { pattern } } }) };
    },
    onPasteCells(pasteFrom, _, data, { pasteType }) {
      if (pasteFrom && pasteType === PREDEFINED_HOOK_NAME_PASTE.SPECIAL_PASTE_VALUE) {
        const { unitId, subUnitId: sheetId, range } = pasteFrom;
        data.forValue((down, right, cell) => {
          const [row, column] = [range.rows[down], range.cols[right]];
          if (row === undefined || column === undefined) return;
          const spilled = spilledAt({ unitId, sheetId }, row, column);
          if (spilled) data.setValue(down, right, { ...cell, ...spilled });
        });
      }
      return { undos: [], redos: [] };
    },
  });
}
