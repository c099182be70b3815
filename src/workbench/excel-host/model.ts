/**
 * The spreadsheet interface that the emulated Excel works on.
 * @module
 */

/** Cells of one sheet; rows and columns count from 0. */
export interface Area {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** As in `Excel.CalculationMode`. */
export type CalculationMode = "Automatic" | "AutomaticExceptTables" | "Manual";

export type CellContent = string | number | boolean;

export interface CellReading {
  /** "" for an empty cell. */
  readonly value: CellContent;
  /** The content of the cell: its formula, otherwise its value; "" in a spilled cell. */
  readonly formula: CellContent;
  /** As displayed. */
  readonly text: string;
  readonly numberFormat: string;
}

export interface SheetTable {
  readonly id: string;
  readonly name: string;
  /** From the header row to the last row, including a totals row. */
  readonly area: Area;
  readonly showTotals: boolean;
  /** The last sort order, most significant field first. */
  readonly sort: readonly SortField[];
  readonly filters: readonly ColumnFilter[];
}

export interface SortField {
  /** The table's column, from 0. */
  readonly key: number;
  readonly ascending: boolean;
}

/** Shows only the rows with one of these displayed values in the column. */
export interface ColumnFilter {
  readonly column: number;
  readonly values: readonly string[];
}

export interface DefinedName {
  readonly name: string;
  /** Its formula, starting with =: cells, a formula, a LAMBDA. */
  readonly formula: string;
  /** The sheet of a sheet-level name; undefined for a workbook-level one. */
  readonly sheetId?: string | undefined;
}

/** Formatting of cells, as far as add-ins can set it here; colours as `#RRGGBB`. */
export interface CellLook {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly fontColor?: string;
  /** In points. */
  readonly fontSize?: number;
  readonly fill?: string;
  readonly wrap?: boolean;
  readonly align?: "general" | "left" | "center" | "right";
}

export interface SpreadsheetModel {
  readonly sheets: () => readonly { readonly id: string; readonly name: string }[];
  readonly activeSheetId: () => string;
  readonly activateSheet: (sheetId: string) => void;
  /** Adds a sheet at the end without activating it. @returns its id */
  readonly addSheet: (name: string) => string;
  /** Copies cells, formats, widths and frozen panes, but no tables; does not activate the copy. @returns its id */
  readonly copySheet: (sheetId: string, name: string, index: number) => string;
  readonly renameSheet: (sheetId: string, name: string) => void;
  readonly removeSheet: (sheetId: string) => void;
  /** The number of rows and columns of a sheet. */
  readonly sizeOf: (sheetId: string) => { readonly rows: number; readonly columns: number };
  /** The smallest area with all content of the sheet, including spilled tables. */
  readonly usedArea: (sheetId: string) => Area | undefined;

  readonly selection: () => Area;
  readonly select: (area: Area) => void;

  readonly read: (area: Area) => CellReading[][];
  /**
   * Writes as if typed: text starting with = is a formula, text starting with ' stays text, "" empties the cell, null
   * leaves it as it is.
   */
  readonly write: (area: Area, contents: readonly (readonly (CellContent | null)[])[]) => void;
  readonly setNumberFormat: (area: Area, formats: readonly (readonly (string | null)[])[]) => void;
  readonly setLook: (area: Area, look: CellLook) => void;
  /** @param width in pixels; default: fits the column's texts */
  readonly setColumnWidth: (area: Area, width?: number) => void;
  /** In pixels. */
  readonly columnWidth: (sheetId: string, column: number) => number;
  /** The area into which the formula of this cell spills. */
  readonly spillOf: (sheetId: string, row: number, column: number) => Area | undefined;
  /** All spill areas of a sheet; the formula is in the first cell of each. */
  readonly spills: (sheetId: string) => readonly Area[];
  readonly calculationMode: () => CalculationMode;
  readonly setCalculationMode: (mode: CalculationMode) => void;
  /** Calculates the formulas in these cells; in manual mode only marks them. */
  readonly markDirty: (areas: readonly Area[]) => void;
  /** Calculates the formulas in these cells in any mode. */
  readonly calculate: (areas: readonly Area[]) => void;
  /** Calculates the marked cells, as F9 does. */
  readonly calculateDirty: () => void;

  readonly tables: () => readonly SheetTable[];
  /** Names of the tables that overlap the area. */
  readonly tablesIn: (area: Area) => readonly string[];
  /** @returns its id */
  readonly addTable: (name: string, area: Area) => string;
  /** Applies filters, even unchanged ones; changes nothing else in the cells. */
  readonly changeTable: (tableId: string, change: Partial<Omit<SheetTable, "id">>) => void;
  /** Removes a table; its cells keep their content. */
  readonly removeTable: (tableId: string) => void;

  /** Names of the workbook and its sheets. */
  readonly names: () => readonly DefinedName[];
  /** Adds a name or changes its formula. */
  readonly setName: (name: string, formula: string, sheetId?: string) => void;
  readonly removeName: (name: string, sheetId?: string) => void;

  /** Whether the sheet is protected against changes by people and add-ins; default: never. */
  readonly isProtected?: (sheetId: string) => boolean;
  /**
   * Rows were inserted: calls back with a function that gives an area's new position. @returns a function that stops
   * this
   */
  readonly onRowsInserted?: (
    listener: (moved: <Moved extends Area>(area: Moved) => Moved) => void,
  ) => () => void;
  /** Runs one request of an add-in, so that undo can group what it changes. */
  readonly runForAddin?: <Result>(work: () => Result) => Result;
  /** Clears the undo history. */
  readonly clearUndo?: () => void;

  /** @returns a function that stops this */
  readonly onSelectionChanged: (listener: (selection: Area) => void) => () => void;
  /** Reports what people, add-ins and fills write, not the results of formulas. @returns a function that stops this */
  readonly onContentChanged: (listener: (area: Area) => void) => () => void;
}
