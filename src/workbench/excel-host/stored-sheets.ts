/**
 * The cells of the in-memory spreadsheet by sheet: their stored content, and what they show.
 * @module
 */
import { ApiError } from "./api-object.ts";
import { cellsOf, intersection } from "./areas.ts";
import type { HostBehaviours } from "./behaviours.ts";
import { type Cell, type CellResult, isCellError } from "./cells.ts";
import type { Area, CellContent, CellReading } from "./model.ts";
import { isFormula, textOf } from "./typed-content.ts";

/** A pending answer of a formula; an `Invocation` of the host is one. */
export interface Evaluation {
  readonly result: Promise<CellResult>;
}

export interface StoredCell {
  /** Changes when rows are inserted. */
  place: Area;
  content: CellContent;
  isFormula: boolean;
  numberFormat: string;
  /** The formula's result; more than one cell spills. */
  cells?: CellResult;
  evaluation?: Evaluation | undefined;
  /** The area of its table, if it has spilled. */
  spill?: Area | undefined;
}

export interface Sheet {
  readonly id: string;
  name: string;
  /** By `row column`. */
  cells: Map<string, StoredCell>;
  /** Of columns, in pixels. */
  readonly widths: Map<number, number>;
  isProtected?: boolean;
}

/** The key of a cell in its sheet. */
export const keyOf = ({ row, column }: { row: number; column: number }) => `${row} ${column}`;

const emptyCell: CellReading = { value: "", formula: "", text: "", numberFormat: "General" };

/** One empty sheet. */
export function createStoredSheets(behaviours: HostBehaviours) {
  const sheets: Sheet[] = [{ id: "sheet-1", name: "Sheet1", cells: new Map(), widths: new Map() }];

  function sheetAt(sheetId: string): Sheet {
    const sheet = sheets.find(({ id }) => id === sheetId);
    if (!sheet) throw new ApiError("ItemNotFound", "The worksheet is not there any more.");
    return sheet;
  }

  const cellsOfSheet = (sheetId: string) => sheetAt(sheetId).cells;
  const nameOf = (sheetId: string) => sheetAt(sheetId).name;

  function cellAt(place: Area): StoredCell {
    const cells = cellsOfSheet(place.sheetId);
    const known = cells.get(keyOf(place));
    if (known) return known;
    const cell: StoredCell = { place, content: "", isFormula: false, numberFormat: "General" };
    cells.set(keyOf(place), cell);
    return cell;
  }

  function spills(sheetId: string): Area[] {
    const areas: Area[] = [];
    for (const { spill } of cellsOfSheet(sheetId).values()) if (spill) areas.push(spill);
    return areas;
  }

  /** What a cell shows: its own value, or its part of a spilled table. */
  function shownIn(place: Area, spilled: readonly Area[]): { cell: Cell; own: StoredCell | undefined } {
    const own = cellsOfSheet(place.sheetId).get(keyOf(place));
    if (own && own.content !== "") {
      const answered = own.isFormula ? own.cells?.[0]?.[0] : undefined;
      return { own, cell: answered ?? { value: own.content } };
    }
    const over = spilled.find((area) => intersection(area, place));
    const origin = over && cellsOfSheet(place.sheetId).get(keyOf(over));
    const cell = over && origin?.cells?.[place.row - over.row]?.[place.column - over.column];
    return { own, cell: cell ?? { value: "" } };
  }

  function read(area: Area): CellReading[][] {
    const spilled = spills(area.sheetId).filter((spill) => intersection(spill, area));
    const cells = cellsOfSheet(area.sheetId);
    return Array.from({ length: area.rows }, (_, down) =>
      Array.from({ length: area.columns }, (_, right) => {
        // Most reads of large areas find empty cells.
        if (spilled.length === 0 && !cells.has(keyOf({ row: area.row + down, column: area.column + right })))
          return emptyCell;
        const place = { ...area, row: area.row + down, column: area.column + right, rows: 1, columns: 1 };
        const { cell, own } = shownIn(place, spilled);
        const value = isCellError(cell) ? cell.error : cell.value;
        const ownFormat = own?.numberFormat ?? "General";
        const shownFormat =
          ownFormat === "General" && !isCellError(cell) ? (cell.numberFormat ?? ownFormat) : ownFormat;
        const text = textOf(value, shownFormat, behaviours.dateSystem);
        const numberFormat = behaviours.spilledFormats === "ofCell" ? ownFormat : shownFormat;
        return { value, formula: written(own), text, numberFormat };
      }),
    );
  }

  async function valuesIn(area: Area): Promise<(Cell | null)[][]> {
    const waiting = [...cellsOfSheet(area.sheetId)].flatMap(([key, { evaluation }]) => {
      const [row = 0, column = 0] = key.split(" ").map(Number);
      return evaluation && row <= area.row + area.rows && column <= area.column + area.columns
        ? evaluation
        : [];
    });
    await Promise.allSettled(waiting.map(({ result }) => result));
    const spilled = spills(area.sheetId).filter((spill) => intersection(spill, area));
    const shown = [...cellsOf(area)].map((place) => {
      const { cell, own } = shownIn(place, spilled);
      const isEmpty = !isCellError(cell) && cell.value === "" && (own?.content ?? "") === "";
      return isEmpty && !spilled.some((spill) => intersection(spill, place)) ? null : cell;
    });
    return Array.from({ length: area.rows }, (_, down) =>
      shown.slice(down * area.columns, (down + 1) * area.columns),
    );
  }

  return { sheets, sheetAt, cellsOfSheet, nameOf, cellAt, spills, read, valuesIn };
}

/** The content that would have to be typed to get this cell. */
function written(cell: StoredCell | undefined): CellContent {
  if (!cell) return "";
  return !cell.isFormula && isFormula(cell.content) ? `'${String(cell.content)}` : cell.content;
}
