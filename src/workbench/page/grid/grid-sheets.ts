/**
 * The grid's sheets, their used areas and the selection.
 * @module
 */
import {
  cloneWorksheetData,
  type ICellData,
  ICommandService,
  IUndoRedoService,
  type IWorksheetData,
  type Nullable,
} from "@univerjs/core";
import { InsertSheetCommand, SetWorksheetActiveOperation } from "@univerjs/sheets";
import { sheetSize } from "../../../excel/limits.ts";
import { boundingArea, intersection } from "../../excel-host/areas.ts";
import type { Area, SpreadsheetModel } from "../../excel-host/model.ts";
import type { CellPlace } from "../functions/calls.ts";
import { toArea } from "./grid-area.ts";
import type { GridSpills } from "./grid-spills.ts";
import type { Grid } from "./grid.ts";
import { sheetOf, workbookOf } from "./open-workbook.ts";

/** Size of a sheet added by an add-in. */
const newSheetSize = { rowCount: 1000, columnCount: 40 };

export interface GridSheets extends Pick<
  SpreadsheetModel,
  | "sheets"
  | "activeSheetId"
  | "activateSheet"
  | "addSheet"
  | "copySheet"
  | "renameSheet"
  | "removeSheet"
  | "sizeOf"
  | "usedArea"
  | "selection"
  | "select"
> {
  readonly formulaCells: (area: Area) => CellPlace[];
}

export function createGridSheets(grid: Grid, { spills }: GridSpills): GridSheets {
  const commands = grid.injector.get(ICommandService);
  const workbook = () => workbookOf(grid);
  const activeSheetId = () => workbook().getActiveSheet().getSheetId();
  const activateSheet = (sheetId: string) => void sheetOf(grid, sheetId).activate();

  /** The cells with content, in no particular order; a format alone does not count. */
  function* filledCells(sheetId: string): Generator<{ row: number; column: number; isFormula: boolean }> {
    const matrix = sheetOf(grid, sheetId).getSheet().getCellMatrix().getMatrix();
    for (const [row, cells] of Object.entries(matrix)) {
      for (const [column, cell] of Object.entries(cells as Record<string, Nullable<ICellData>>)) {
        const isFormula = Boolean(cell?.f || cell?.si);
        const isFilled = isFormula || (cell?.v ?? "") !== "" || Boolean(cell?.p);
        if (isFilled) yield { row: Number(row), column: Number(column), isFormula };
      }
    }
  }

  /** @returns its id */
  function insertSheet(sheet: Partial<IWorksheetData>, index: number): string {
    const before = activeSheetId();
    const id = crypto.randomUUID();
    const unitId = workbook().getId();
    commands.syncExecuteCommand(InsertSheetCommand.id, { unitId, index, sheet: { ...sheet, id } });
    // When undo removes the sheet, the grid would activate its neighbour.
    const activation = (subUnitId: string) => [
      { id: SetWorksheetActiveOperation.id, params: { unitId, subUnitId } },
    ];
    grid.injector.get(IUndoRedoService).pushUndoRedo({
      unitID: unitId,
      undoMutations: activation(before),
      redoMutations: activation(id),
    });
    // The grid activates a new sheet; Excel's `add` and `copy` do not.
    if (activeSheetId() !== before) activateSheet(before);
    return id;
  }

  return {
    sheets: () =>
      workbook()
        .getSheets()
        .map((sheet) => ({ id: sheet.getSheetId(), name: sheet.getSheetName() })),
    activeSheetId,
    activateSheet,
    addSheet: (name) => insertSheet({ name, ...newSheetSize }, workbook().getSheets().length),
    copySheet: (sheetId, name, index) =>
      insertSheet({ ...cloneWorksheetData(sheetOf(grid, sheetId).getSheet().getConfig()), name }, index),
    renameSheet: (sheetId, name) => void sheetOf(grid, sheetId).setName(name),
    removeSheet: (sheetId) => void workbook().deleteSheet(sheetId),
    // The grid's own sheets are smaller and grow when something is written beyond their end.
    sizeOf: () => sheetSize,
    usedArea(sheetId) {
      let top = Infinity;
      let left = Infinity;
      let bottom = -1;
      let right = -1;
      for (const { row, column } of filledCells(sheetId)) {
        top = Math.min(top, row);
        left = Math.min(left, column);
        bottom = Math.max(bottom, row);
        right = Math.max(right, column);
      }
      const filled: Area[] =
        bottom < 0
          ? []
          : [{ sheetId, row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 }];
      return boundingArea([...filled, ...spills(sheetId)]);
    },
    formulaCells: (area) =>
      [...filledCells(area.sheetId)]
        .filter(
          ({ row, column, isFormula }) =>
            isFormula && intersection(area, { sheetId: area.sheetId, row, column, rows: 1, columns: 1 }),
        )
        .map(({ row, column }) => ({ sheetId: area.sheetId, row, column })),
    selection() {
      const sheet = workbook().getActiveSheet();
      const active = sheet.getActiveRange()?.getRange();
      return toArea(sheet.getSheetId(), active ?? { startRow: 0, endRow: 0, startColumn: 0, endColumn: 0 });
    },
    select(area) {
      if (area.sheetId !== activeSheetId()) activateSheet(area.sheetId);
      sheetOf(grid, area.sheetId).getRange(area.row, area.column, area.rows, area.columns).activate();
    },
  };
}
