/**
 * Reads, writes and formats the grid's cells.
 * @module
 */
import {
  BooleanNumber,
  CellValueType,
  HorizontalAlign,
  type ICellData,
  ICommandService,
  type IStyleData,
  IUndoRedoService,
  type Nullable,
  ObjectMatrix,
  Range,
  sequenceExecute,
  WrapStrategy,
} from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/engine-formula";
import {
  type ISetRangeValuesMutationParams,
  SetRangeValuesMutation,
  SetRangeValuesUndoMutationFactory,
  SetStyleCommand,
  SheetInterceptorService,
} from "@univerjs/sheets";
import { areasWhere, intersection } from "../../excel-host/areas.ts";
import type { Area, CellContent, CellLook, CellReading, SpreadsheetModel } from "../../excel-host/model.ts";
import { toRange } from "./grid-area.ts";
import { growTo } from "./grid-growth.ts";
import type { Grid } from "./grid.ts";
import { sheetOf, workbookOf } from "./open-workbook.ts";
import { widthFor } from "./text-width.ts";

/** The grid's data for an empty cell. */
const emptied: ICellData = { v: null, f: null, si: null, p: null };

const emptyReading: CellReading = { value: "", formula: "", text: "", numberFormat: "General" };

/** Formatting a text takes long. */
const rowsToMeasure = 200;

const alignments = {
  general: HorizontalAlign.UNSPECIFIED,
  left: HorizontalAlign.LEFT,
  center: HorizontalAlign.CENTER,
  right: HorizontalAlign.RIGHT,
};

export type GridCells = Pick<
  SpreadsheetModel,
  "read" | "write" | "setNumberFormat" | "setLook" | "setColumnWidth" | "columnWidth"
>;

export function createGridCells(grid: Grid): GridCells {
  const { injector } = grid;
  const formulas = injector.get(FormulaDataModel);
  const commands = injector.get(ICommandService);
  const rangeOf = ({ sheetId, row, column, rows, columns }: Area) =>
    sheetOf(grid, sheetId).getRange(row, column, rows, columns);

  /** Includes the values of spilled tables, which the grid does not store in their cells; unformatted. */
  function read({ sheetId, row, column, rows, columns }: Area): CellReading[][] {
    const sheet = sheetOf(grid, sheetId);
    const raw = sheet.getSheet();
    const spilledCells = formulas.getArrayFormulaCellData()[workbookOf(grid).getId()]?.[sheetId];

    function readCell(row: number, column: number): CellReading {
      const own = raw.getCellRaw(row, column);
      const spilled = spilledCells?.[row]?.[column];
      if (!own && !spilled) return emptyReading;
      const value = contentOf(own?.v === null || own?.v === undefined ? spilled : own);
      // Computed on demand, because it takes long for many cells.
      const range = () => sheet.getRange(row, column);
      return {
        value,
        get formula() {
          const isFormula = own?.f || own?.si;
          return (isFormula && range().getFormula()) || (spilled ? "" : asTyped(own, value));
        },
        get text() {
          // The grid would display its internal value.
          return typeof value === "boolean" ? String(value).toUpperCase() : range().getDisplayValue();
        },
        get numberFormat() {
          return range().getNumberFormat() || "General";
        },
      };
    }

    return Array.from({ length: rows }, (_, down) =>
      Array.from({ length: columns }, (_, right) => readCell(row + down, column + right)),
    );
  }

  /** The part of an area that exists in the grid, whose sheets are smaller than Excel's. */
  function insideGrid(area: Area): Area | undefined {
    const sheet = sheetOf(grid, area.sheetId);
    const size = { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
    return intersection(area, { sheetId: area.sheetId, row: 0, column: 0, ...size });
  }

  /**
   * Sets a style and changes nothing else. The grid's own setNumberFormat changes cell types. Its setValues counts a
   * style as a change of content, so formulas lose their spilled values until they are calculated again.
   */
  function setStyle(area: Area, style: IStyleData): void {
    const part = insideGrid(area);
    if (!part) return;
    const range = toRange(part);
    const cellValue = new ObjectMatrix<ICellData>();
    Range.foreach(range, (row, column) => cellValue.setValue(row, column, { s: style }));
    const unit = { unitId: workbookOf(grid).getId(), subUnitId: part.sheetId };
    const params: ISetRangeValuesMutationParams = {
      ...unit,
      cellValue: cellValue.getMatrix(),
      // Tells the grid's formulas that only a style changes.
      trigger: SetStyleCommand.id,
    };
    const before = SetRangeValuesUndoMutationFactory(injector, params);
    commands.syncExecuteCommand(SetRangeValuesMutation.id, params);
    // Redo replaces the trigger, and cells without a formula in their content would lose it: so redo sets all of it.
    const after = SetRangeValuesUndoMutationFactory(injector, params);
    const heights = injector
      .get(SheetInterceptorService)
      .generateMutationsOfAutoHeight({ ...unit, ranges: [range] });
    sequenceExecute(heights.redos, commands);
    injector.get(IUndoRedoService).pushUndoRedo({
      unitID: unit.unitId,
      undoMutations: [{ id: SetRangeValuesMutation.id, params: before }, ...heights.undos],
      redoMutations: [{ id: SetRangeValuesMutation.id, params: after }, ...heights.redos],
    });
  }

  return {
    read,
    write(area, contents) {
      for (const part of areasWhere(area, contents, (content) => content !== null)) {
        growTo(grid, part);
        const values = Array.from({ length: part.rows }, (_, down) => {
          const line = contents[part.row - area.row + down] ?? [];
          const start = part.column - area.column;
          return line.slice(start, start + part.columns).map((content) => toCell(content ?? ""));
        });
        rangeOf(part).setValues(values);
      }
    },
    setNumberFormat(area, formats) {
      for (const format of new Set(formats.flat())) {
        if (format === null) continue;
        for (const part of areasWhere(area, formats, (item) => item === format)) {
          setStyle(part, { n: { pattern: format } });
        }
      }
    },
    setLook: (area, look) => setStyle(area, toStyle(look)),
    setColumnWidth(area, width) {
      const { sheetId, column, columns } = area;
      const sheet = sheetOf(grid, sheetId);
      if (width !== undefined) return void sheet.setColumnWidths(column, columns, width);
      sheet.autoResizeColumns(column, columns);
      // The grid adds up the widths of letters, which is less than what it draws.
      const shown = read({ ...area, rows: Math.min(area.rows, rowsToMeasure) });
      for (let at = 0; at < columns; at += 1) {
        const needed = widthFor(shown.map((row) => row[at]?.text ?? ""));
        if (needed > sheet.getColumnWidth(column + at)) sheet.setColumnWidth(column + at, needed);
      }
    },
    columnWidth: (sheetId, column) => sheetOf(grid, sheetId).getColumnWidth(column),
  };
}

function contentOf(cell: Nullable<ICellData>): CellContent {
  const value = cell?.v ?? "";
  // The grid stores booleans as 1 and 0.
  return cell?.t === CellValueType.BOOLEAN ? Boolean(value) : value;
}

/** The content that would have to be typed to get this cell. */
function asTyped(cell: Nullable<ICellData>, value: CellContent): CellContent {
  const looksLikeFormula = typeof value === "string" && value.startsWith("=") && value.length > 1;
  return cell && looksLikeFormula ? `'${value}` : value;
}

function toCell(content: CellContent): ICellData {
  if (content === "") return emptied;
  if (typeof content !== "string") return { ...emptied, v: content };
  if (content.startsWith("'")) return { ...emptied, v: content.slice(1), t: CellValueType.FORCE_STRING };
  if (content.startsWith("=") && content.length > 1) return { ...emptied, f: content };
  return { ...emptied, v: content };
}

function toStyle({ bold, italic, fontColor, fontSize, fill, wrap, align }: CellLook): IStyleData {
  const flag = (on: boolean) => (on ? BooleanNumber.TRUE : BooleanNumber.FALSE);
  return {
    ...(bold !== undefined && { bl: flag(bold) }),
    ...(italic !== undefined && { it: flag(italic) }),
    ...(fontColor !== undefined && { cl: { rgb: fontColor } }),
    ...(fontSize !== undefined && { fs: fontSize }),
    ...(fill !== undefined && { bg: { rgb: fill } }),
    ...(wrap !== undefined && { tb: wrap ? WrapStrategy.WRAP : WrapStrategy.OVERFLOW }),
    ...(align !== undefined && { ht: alignments[align] }),
  };
}
