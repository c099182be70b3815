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

export type CellContent = string | number | boolean;

export interface CellReading {
  /** "" for an empty cell. */
  readonly value: CellContent;
  /** What stands in the cell: the formula where there is one, else the value. */
  readonly formula: CellContent;
  /** As it is shown. */
  readonly text: string;
  readonly numberFormat: string;
}

export interface SpreadsheetModel {
  readonly sheets: () => readonly { readonly id: string; readonly name: string }[];
  readonly activeSheetId: () => string;
  readonly activateSheet: (sheetId: string) => void;
  readonly selection: () => Area;
  readonly select: (area: Area) => void;
  readonly read: (area: Area) => CellReading[][];
  /** As if typed: what begins with = is a formula, "" empties, null leaves the cell alone. */
  readonly write: (area: Area, contents: readonly (readonly (CellContent | null)[])[]) => void;
  readonly setNumberFormat: (area: Area, formats: readonly (readonly (string | null)[])[]) => void;
  /** Names of the tables that share a cell with the area. */
  readonly tablesIn: (area: Area) => readonly string[];
  /** The cells over which the formula in this one spills. */
  readonly spillOf: (sheetId: string, row: number, column: number) => Area | undefined;
  readonly calculate: (areas: readonly Area[]) => void;
}
