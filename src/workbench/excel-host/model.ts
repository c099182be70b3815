/**
 * What the emulated Excel's objects act on: a spreadsheet, whichever it is.
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
  /** What stands in the cell: the formula where there is one, else the value; "" under a spilled table. */
  readonly formula: CellContent;
  /** As it is shown. */
  readonly text: string;
  readonly numberFormat: string;
}

export interface SheetTable {
  readonly id: string;
  readonly name: string;
  /** From the row of headers to the last row, that of totals where there is one. */
  readonly area: Area;
  readonly showTotals: boolean;
  /** By which it was sorted last, the first counting most. */
  readonly sort: readonly SortField[];
  readonly filters: readonly ColumnFilter[];
}

export interface SortField {
  /** The table's column, counted from 0. */
  readonly key: number;
  readonly ascending: boolean;
}

/** Shows the rows whose cell in the column shows one of the values. */
export interface ColumnFilter {
  readonly column: number;
  readonly values: readonly string[];
}

export interface DefinedName {
  readonly name: string;
  /** What it stands for, beginning with =: cells, a formula, a LAMBDA. */
  readonly formula: string;
  /** The sheet on which it counts; undefined for a name of the workbook. */
  readonly sheetId?: string | undefined;
}

/** How cells look, as far as add-ins set it here; colours as `#RRGGBB`. */
export interface CellLook {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly fontColor?: string;
  /** In points. */
  readonly fontSize?: number;
  readonly fill?: string;
  readonly wrap?: boolean;
  readonly align?: "left" | "center" | "right";
}

export interface SpreadsheetModel {
  readonly sheets: () => readonly { readonly id: string; readonly name: string }[];
  readonly activeSheetId: () => string;
  readonly activateSheet: (sheetId: string) => void;
  /** At the end, without activating it. @returns its id */
  readonly addSheet: (name: string) => string;
  readonly renameSheet: (sheetId: string, name: string) => void;
  readonly removeSheet: (sheetId: string) => void;
  /** How many rows and columns a sheet has. */
  readonly sizeOf: (sheetId: string) => { readonly rows: number; readonly columns: number };
  /** The smallest area that holds all that is in the sheet, spilled tables too. */
  readonly usedArea: (sheetId: string) => Area | undefined;

  readonly selection: () => Area;
  readonly select: (area: Area) => void;

  readonly read: (area: Area) => CellReading[][];
  /**
   * As if typed: what begins with = is a formula, what begins with ' is a text, "" empties, null leaves the cell
   * alone.
   */
  readonly write: (area: Area, contents: readonly (readonly (CellContent | null)[])[]) => void;
  readonly setNumberFormat: (area: Area, formats: readonly (readonly (string | null)[])[]) => void;
  readonly setLook: (area: Area, look: CellLook) => void;
  /** @param width in pixels; left out, as wide as the column's texts */
  readonly setColumnWidth: (area: Area, width?: number) => void;
  /** The cells over which the formula in this one spills. */
  readonly spillOf: (sheetId: string, row: number, column: number) => Area | undefined;
  /** All areas over which formulas of a sheet spill; the formula is in the first cell of each. */
  readonly spills: (sheetId: string) => readonly Area[];
  readonly calculationMode: () => CalculationMode;
  readonly setCalculationMode: (mode: CalculationMode) => void;
  /** Calculates the formulas in these cells; with manual calculation it only marks them. */
  readonly markDirty: (areas: readonly Area[]) => void;
  /** Calculates the formulas in these cells, whatever the mode. */
  readonly calculate: (areas: readonly Area[]) => void;
  /** Calculates what is marked, as F9 does. */
  readonly calculateDirty: () => void;

  readonly tables: () => readonly SheetTable[];
  /** Names of the tables that share a cell with the area. */
  readonly tablesIn: (area: Area) => readonly string[];
  /** @returns its id */
  readonly addTable: (name: string, area: Area) => string;
  /** Filters are applied by this, even when they are as before; nothing else happens to the cells. */
  readonly changeTable: (tableId: string, change: Partial<Omit<SheetTable, "id">>) => void;
  /** What is in its cells stays. */
  readonly removeTable: (tableId: string) => void;

  /** Names of the workbook and of its sheets. */
  readonly names: () => readonly DefinedName[];
  /** Adds it or gives it another meaning. */
  readonly setName: (name: string, formula: string, sheetId?: string) => void;
  readonly removeName: (name: string, sheetId?: string) => void;

  /** Whether people and add-ins may not write on the sheet; never where left out. */
  readonly isProtected?: (sheetId: string) => boolean;
  /** Rows were inserted: calls back with where an area is now. @returns ends the listening */
  readonly onRowsInserted?: (
    listener: (moved: <Moved extends Area>(area: Moved) => Moved) => void,
  ) => () => void;
  /** Forgets what undo would take back. */
  readonly clearUndo?: () => void;

  /** @returns ends the listening */
  readonly onSelectionChanged: (listener: (selection: Area) => void) => () => void;
  /** What people, add-ins and fillings write; results of formulas are none. @returns ends the listening */
  readonly onContentChanged: (listener: (area: Area) => void) => () => void;
}
