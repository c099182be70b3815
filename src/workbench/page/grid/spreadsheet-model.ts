/**
 * The grid as the emulated Excel's objects act on it.
 * @module
 */
import { CellValueType, type ICellData, type Nullable } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import type { Area, CellContent, CellReading, SpreadsheetModel } from "../../excel-host/model.ts";
import { calculate } from "../functions/calculation.ts";
import type { Grid } from "./grid.ts";

/** How the grid empties a cell. */
const emptied: ICellData = { v: null, f: null, si: null, p: null };

export function createSpreadsheetModel(grid: Grid): SpreadsheetModel {
  const { api, injector } = grid;
  const formulas = injector.get(FormulaDataModel);
  const workbook = () => api.getActiveWorkbook()!;
  const sheetOf = (sheetId: string) => workbook().getSheetBySheetId(sheetId)!;
  const rangeOf = ({ sheetId, row, column, rows, columns }: Area) =>
    sheetOf(sheetId).getRange(row, column, rows, columns);

  /** With the values of spilled tables, which are no content of their cells; unformatted. */
  function readCell(sheetId: string, row: number, column: number): CellReading {
    const own = sheetOf(sheetId).getSheet().getCellRaw(row, column);
    const spilled = formulas.getArrayFormulaCellData()[workbook().getId()]?.[sheetId]?.[row]?.[column];
    const value = contentOf(own?.v === null || own?.v === undefined ? spilled : own);
    const range = sheetOf(sheetId).getRange(row, column);
    return {
      value,
      formula: range.getFormula() || (spilled ? "" : value),
      text: range.getDisplayValue(),
      numberFormat: range.getNumberFormat() || "General",
    };
  }

  return {
    sheets: () =>
      workbook()
        .getSheets()
        .map((sheet) => ({ id: sheet.getSheetId(), name: sheet.getSheetName() })),
    activeSheetId: () => workbook().getActiveSheet().getSheetId(),
    activateSheet: (sheetId) => void sheetOf(sheetId).activate(),
    selection() {
      const sheet = workbook().getActiveSheet();
      const active = sheet.getActiveRange()?.getRange();
      const { startRow = 0, endRow = 0, startColumn = 0, endColumn = 0 } = active ?? {};
      return {
        sheetId: sheet.getSheetId(),
        row: startRow,
        column: startColumn,
        rows: endRow - startRow + 1,
        columns: endColumn - startColumn + 1,
      };
    },
    select: (area) => void rangeOf(area).activate(),
    read: ({ sheetId, row, column, rows, columns }) =>
      Array.from({ length: rows }, (_, down) =>
        Array.from({ length: columns }, (_, right) => readCell(sheetId, row + down, column + right)),
      ),
    write(area, contents) {
      for (const [down, row] of contents.entries()) {
        for (const [right, content] of row.entries()) {
          if (content === null) continue;
          const cell = { ...area, row: area.row + down, column: area.column + right, rows: 1, columns: 1 };
          rangeOf(cell).setValue(toCell(content));
        }
      }
    },
    setNumberFormat(area, formats) {
      for (const [down, row] of formats.entries()) {
        for (const [right, format] of row.entries()) {
          const cell = sheetOf(area.sheetId).getRange(area.row + down, area.column + right);
          // Setting a format also changes the type of what is in the cell.
          if (format !== null && cell.getNumberFormat() !== format) cell.setNumberFormat(format);
        }
      }
    },
    tablesIn: (area) =>
      workbook()
        .getTableList()
        .filter(({ subUnitId, range }) => {
          const below = area.row > range.endRow || area.row + area.rows <= range.startRow;
          const beside = area.column > range.endColumn || area.column + area.columns <= range.startColumn;
          return subUnitId === area.sheetId && !below && !beside;
        })
        .map(({ name }) => name),
    spillOf(sheetId, row, column) {
      const range = formulas.getArrayFormulaRange()[workbook().getId()]?.[sheetId]?.[row]?.[column];
      if (!range) return undefined;
      return {
        sheetId,
        row,
        column,
        rows: range.endRow - range.startRow + 1,
        columns: range.endColumn - range.startColumn + 1,
      };
    },
    calculate: (areas) =>
      calculate(
        grid,
        areas.flatMap(({ sheetId, row, column, rows, columns }) =>
          Array.from({ length: rows * columns }, (_, index) => ({
            sheetId,
            row: row + Math.floor(index / columns),
            column: column + (index % columns),
          })),
        ),
      ),
  };
}

function contentOf(cell: Nullable<ICellData>): CellContent {
  const value = cell?.v ?? "";
  // Booleans are kept as 1 and 0.
  return cell?.t === CellValueType.BOOLEAN ? Boolean(value) : value;
}

function toCell(content: CellContent): ICellData {
  if (content === "") return emptied;
  if (typeof content === "string" && content.startsWith("=")) return { ...emptied, f: content };
  return { ...emptied, v: content };
}
