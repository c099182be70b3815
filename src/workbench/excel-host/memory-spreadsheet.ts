/**
 * An in-memory spreadsheet: cells, tables and names, without a screen or a formula engine.
 *
 * `evaluate` calculates a formula. Dependent cells are not recalculated automatically.
 * @module
 */
import { addressOf } from "../../excel/address.ts";
import { sheetSize } from "../../excel/limits.ts";
import { areasWhere, boundingArea, cellsOf, intersection } from "./areas.ts";
import { behavioursWith, type HostBehaviours } from "./behaviours.ts";
import type { Cell, CellResult } from "./cells.ts";
import { createCalculation } from "./calculation-mode.ts";
import type { Area, CellContent, DefinedName, SheetTable, SpreadsheetModel } from "./model.ts";
import { isSameName } from "./objects/find-area.ts";
import { isFormula, typed } from "./typed-content.ts";
import { createStoredSheets, type Evaluation, keyOf, type StoredCell } from "./stored-sheets.ts";
import { createUndo } from "./undo.ts";

export type { Evaluation } from "./stored-sheets.ts";

export interface MemorySpreadsheetOptions {
  /** Starts a formula; without it every formula shows #NAME?. @param address of its cell, without the sheet */
  readonly evaluate?: (formula: string, address: string, sheetName: string) => Evaluation;
  /** Called when the cell gets another content before the answer. */
  readonly abandoned?: (evaluation: Evaluation) => void;
  /** Behaviours that differ from the default. */
  readonly behaviours?: HostBehaviours;
}

export interface MemorySpreadsheet extends SpreadsheetModel {
  /** What cells show after all answers have arrived; null for an empty cell. For formulas that refer to them. */
  readonly valuesIn: (area: Area) => Promise<(Cell | null)[][]>;
  /** Whether a formula waits for its answer; Excel shows a green marker at such a cell (office-js 4152). */
  readonly isWaiting: (sheetId: string, row: number, column: number) => boolean;
  readonly isProtected: (sheetId: string) => boolean;
  readonly setProtected: (sheetId: string, isProtected: boolean) => void;
  /** Inserts empty rows above a row; formulas, tables and the selection below move. */
  readonly insertRows: (sheetId: string, row: number, count: number) => void;
  /** Undoes everything since undo was last cleared. @returns whether there was anything to undo */
  readonly undoAll: () => boolean;
}

/** Of a column, in pixels. */
const defaultWidth = 64;

export function createMemorySpreadsheet(options: MemorySpreadsheetOptions = {}): MemorySpreadsheet {
  const { behaviours = behavioursWith() } = options;
  const stored = createStoredSheets(behaviours);
  const { sheets, sheetAt, cellsOfSheet, nameOf, cellAt, spills, read } = stored;
  let sheetCount = 1;
  let tableCount = 0;
  let tables: SheetTable[] = [];
  let names: DefinedName[] = [];
  let selection: Area = { sheetId: "sheet-1", row: 0, column: 0, rows: 1, columns: 1 };
  const selectionListeners = new Set<(area: Area) => void>();
  const contentListeners = new Set<(area: Area) => void>();
  const insertionListeners = new Set<(moved: <Moved extends Area>(area: Moved) => Moved) => void>();

  /** Recalculates the formulas in these cells. */
  function run(areas: readonly Area[]): void {
    for (const sheet of sheets) {
      for (const cell of sheet.cells.values()) {
        if (cell.isFormula && areas.some((area) => intersection(area, cell.place))) begin(cell);
      }
    }
  }

  function empty(cell: StoredCell): void {
    if (cell.evaluation) options.abandoned?.(cell.evaluation);
    cell.evaluation = undefined;
    cell.spill = undefined;
    delete cell.cells;
    cell.content = "";
    cell.isFormula = false;
  }

  function begin(cell: StoredCell): void {
    const open = cell.evaluation;
    if (open && behaviours.recalculation === "cancelsFirst") options.abandoned?.(open);
    if (!cell.cells || behaviours.whileCalling === "busy") {
      cell.cells = [[{ error: options.evaluate ? "#BUSY!" : "#NAME?" }]];
      cell.spill = undefined;
    }
    const evaluation = options.evaluate?.(
      String(cell.content),
      addressOf(cell.place),
      nameOf(cell.place.sheetId),
    );
    cell.evaluation = evaluation;
    if (open && behaviours.recalculation === "callsFirst") options.abandoned?.(open);
    void evaluation?.result.then(
      (result) => {
        if (cell.evaluation !== evaluation) return;
        cell.evaluation = undefined;
        show(cell, result);
      },
      // The call was cancelled or the page closed.
      () => undefined,
    );
  }

  function show(cell: StoredCell, result: CellResult): void {
    cell.spill = undefined;
    const target = { ...cell.place, rows: result.length, columns: result[0]?.length ?? 1 };
    const isTable = target.rows > 1 || target.columns > 1;
    const canSpill = !isTable || isFree(target);
    cell.cells = canSpill ? result : [[{ error: "#SPILL!" }]];
    cell.spill = isTable && canSpill ? target : undefined;
  }

  /** Whether a table can spill into it: it is empty except for the formula in its first cell. */
  function isFree(target: Area): boolean {
    const [, ...others] = cellsOf(target);
    return (
      others.every((place) => (cellsOfSheet(place.sheetId).get(keyOf(place))?.content ?? "") === "") &&
      !spills(target.sheetId).some((spill) => intersection(spill, target)) &&
      !tables.some(({ area }) => intersection(area, target))
    );
  }

  function usedArea(sheetId: string): Area | undefined {
    const used = tables.filter(({ area }) => area.sheetId === sheetId).map(({ area }) => area);
    for (const { content, spill, place } of cellsOfSheet(sheetId).values()) {
      if (content !== "") used.push(spill ?? place);
    }
    return boundingArea(used);
  }

  const listenTo =
    <Listener>(listeners: Set<Listener>) =>
    (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };

  function select(area: Area): void {
    selection = area;
    for (const listener of selectionListeners) listener(area);
  }

  function write(area: Area, contents: readonly (readonly (CellContent | null)[])[]): void {
    for (const place of cellsOf(area)) {
      const content = contents[place.row - area.row]?.[place.column - area.column] ?? null;
      if (content === null) continue;
      const cell = cellAt(place);
      empty(cell);
      cell.content = typed(content, cell.numberFormat);
      cell.isFormula = isFormula(content);
      if (cell.isFormula) begin(cell);
    }
    for (const written of writtenAreas(area, contents)) {
      for (const listener of contentListeners) listener(written);
    }
  }

  function setNumberFormat(area: Area, formats: readonly (readonly (string | null)[])[]): void {
    for (const place of cellsOf(area)) {
      const format = formats[place.row - area.row]?.[place.column - area.column] ?? null;
      if (format !== null) cellAt(place).numberFormat = format;
    }
  }

  const undo = createUndo({ read, write, setNumberFormat });

  function noteTables(): void {
    const before = tables;
    undo.note(() => (tables = before));
  }

  function insertRows(sheetId: string, row: number, count: number): void {
    const sheet = sheetAt(sheetId);
    const below = <Moved extends Area>(area: Moved) =>
      area.sheetId === sheetId && area.row >= row ? { ...area, row: area.row + count } : area;
    for (const cell of sheet.cells.values()) {
      cell.place = below(cell.place);
      cell.spill = cell.spill && below(cell.spill);
    }
    sheet.cells = new Map([...sheet.cells.values()].map((cell) => [keyOf(cell.place), cell]));
    // A table grows when rows are inserted within it.
    const grown = (area: Area) =>
      area.sheetId === sheetId && area.row < row && row < area.row + area.rows
        ? { ...area, rows: area.rows + count }
        : below(area);
    tables = tables.map((table) => ({ ...table, area: grown(table.area) }));
    selection = below(selection);
    for (const listener of insertionListeners) listener(below);
    undo.clearUndo();
    const moved = { sheetId, row: row + count, column: 0, ...sheetSize };
    if (behaviours.insertedRows === "callAgain") run([moved]);
  }

  return {
    isWaiting: (sheetId, row, column) =>
      cellsOfSheet(sheetId).get(keyOf({ row, column }))?.evaluation !== undefined,
    isProtected: (sheetId) => sheets.find(({ id }) => id === sheetId)?.isProtected ?? false,
    setProtected(sheetId, isProtected) {
      sheetAt(sheetId).isProtected = isProtected;
    },
    insertRows,
    clearUndo: undo.clearUndo,
    undoAll: undo.undoAll,
    sheets: () => sheets.map(({ id, name }) => ({ id, name })),
    activeSheetId: () => selection.sheetId,
    activateSheet: (sheetId) => select({ sheetId, row: 0, column: 0, rows: 1, columns: 1 }),
    addSheet(name) {
      const id = `sheet-${++sheetCount}`;
      sheets.push({ id, name, cells: new Map(), widths: new Map() });
      return id;
    },
    copySheet(sheetId, name, index) {
      const id = `sheet-${++sheetCount}`;
      sheets.splice(index, 0, { id, name, cells: new Map(), widths: new Map(sheetAt(sheetId).widths) });
      for (const { place, content, isFormula, numberFormat } of cellsOfSheet(sheetId).values()) {
        const cell = cellAt({ ...place, sheetId: id });
        Object.assign(cell, { content, isFormula, numberFormat });
        if (isFormula) begin(cell);
      }
      return id;
    },
    renameSheet(sheetId, name) {
      sheetAt(sheetId).name = name;
    },
    removeSheet(sheetId) {
      for (const cell of cellsOfSheet(sheetId).values()) empty(cell);
      tables = tables.filter(({ area }) => area.sheetId !== sheetId);
      sheets.splice(
        sheets.findIndex(({ id }) => id === sheetId),
        1,
      );
      const [first] = sheets;
      if (first && selection.sheetId === sheetId) select({ ...selection, sheetId: first.id });
    },
    sizeOf: () => sheetSize,
    usedArea,
    selection: () => selection,
    select,
    read,
    write(area, contents) {
      undo.noteCells(area);
      write(area, contents);
    },
    setNumberFormat(area, formats) {
      undo.noteCells(area);
      setNumberFormat(area, formats);
    },
    // Nothing is displayed.
    setLook: () => undefined,
    setColumnWidth({ sheetId, column, columns }, width = defaultWidth) {
      for (let at = column; at < column + columns; at++) sheetAt(sheetId).widths.set(at, width);
    },
    columnWidth: (sheetId, column) => sheetAt(sheetId).widths.get(column) ?? defaultWidth,
    spillOf: (sheetId, row, column) => cellsOfSheet(sheetId).get(keyOf({ row, column }))?.spill,
    spills,
    ...createCalculation(run, behaviours.calculation === "manual" ? "Manual" : "Automatic"),
    valuesIn: stored.valuesIn,
    tables: () => tables,
    tablesIn: (area) => tables.filter((table) => intersection(table.area, area)).map(({ name }) => name),
    addTable(name, area) {
      const id = `table-${++tableCount}`;
      noteTables();
      tables = [...tables, { id, name, area, showTotals: false, sort: [], filters: [] }];
      return id;
    },
    changeTable(tableId, change) {
      noteTables();
      tables = tables.map((table) => (table.id === tableId ? { ...table, ...change } : table));
    },
    removeTable(tableId) {
      noteTables();
      tables = tables.filter(({ id }) => id !== tableId);
    },
    names: () => names,
    setName(name, formula, sheetId) {
      names = [...namesWithout(names, name, sheetId), { name, formula, sheetId }];
    },
    removeName(name, sheetId) {
      names = namesWithout(names, name, sheetId);
    },
    onSelectionChanged: listenTo(selectionListeners),
    onContentChanged: listenTo(contentListeners),
    onRowsInserted: listenTo(insertionListeners),
  };
}

function namesWithout(names: readonly DefinedName[], name: string, sheetId: string | undefined) {
  return names.filter((nameItem) => !isSameName(nameItem.name, name) || nameItem.sheetId !== sheetId);
}

/** The areas to write: null leaves a cell as it is. */
function writtenAreas(area: Area, contents: readonly (readonly (CellContent | null)[])[]): Area[] {
  return areasWhere(area, contents, (content) => content !== null);
}
