/**
 * A workbook with cells whose KAL formulas call the add-in as Excel would.
 * @module
 */
import { expect } from "vitest";
import type { ConnectAnswer } from "../../../src/kalibrate/gateway-api.ts";
import { behavioursWith, type HostBehaviours } from "../../../src/workbench/excel-host/behaviours.ts";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import { createFormulaEvaluator } from "../../../src/workbench/excel-host/formula-evaluator.ts";
import {
  createMemorySpreadsheet,
  type MemorySpreadsheet,
} from "../../../src/workbench/excel-host/memory-spreadsheet.ts";
import type { Area, CellReading, SpreadsheetModel } from "../../../src/workbench/excel-host/model.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import { createMemoryWorkbook } from "../../../src/workbench/excel-host/workbook.ts";
import { type Excel, type ExcelOptions, openExcel, storedConnections, storedFrom } from "./kal.ts";

export interface CellsOptions extends ExcelOptions {
  /** Formulas in the workbook when it is opened, by address, with the values saved with them. */
  readonly saved?: Readonly<Record<string, readonly [formula: string, shows: CellResult]>>;
  /** Addresses and connections of the workbooks that may refresh on opening; default: this one. */
  readonly agreed?: readonly unknown[];
  /** Behaviour of Excel that differs from the in-memory spreadsheet. */
  readonly change?: (spreadsheet: SpreadsheetModel) => Partial<SpreadsheetModel>;
}

export interface ExcelWithCells extends Excel {
  /** Can be changed while the workbook is open. */
  readonly behaviours: { -readonly [Name in keyof HostBehaviours]: HostBehaviours[Name] };
  readonly spreadsheet: MemorySpreadsheet;
  /** Addresses of the formulas calculated since the list was last emptied, in order. */
  readonly calculated: string[];
  readonly enter: (address: string, content: string) => void;
  readonly select: (address: string) => void;
  readonly read: (address: string) => CellReading;
  /** Resolves when no cell is #BUSY!. */
  readonly settled: () => Promise<void>;
  /** Presses a control of the ribbon. */
  readonly press: (functionName: string) => Promise<void>;
  /**
   * Closes the pane and leaves for another workbook: after twenty minutes Excel may end the runtime; waiting cells
   * then stay #BUSY!.
   */
  readonly leaveFor: (minutes: number) => void;
  /** Starts a new runtime, as opening the file again or coming back to it does. */
  readonly restart: () => Promise<void>;
  /**
   * Simulates another workbook that connects or disconnects. Without a storage event the window gets the focus later.
   * Without shared storage the change is made in this workbook.
   */
  readonly connectElsewhere: (connections: readonly ConnectAnswer[]) => void;
  readonly raise: (event: object) => void;
}

/** Opens a workbook with the add-in; its sheet is Sheet1. */
export async function openCells(given: CellsOptions): Promise<ExcelWithCells> {
  const { saved = {}, change, agreed = [["Book1.xlsx", "sample sample"]], ...options } = given;
  const ownStorage = options.storage ?? createMemoryStorage();
  ownStorage.setItem("kal.refreshOnOpen", JSON.stringify(agreed));
  const calculated: string[] = [];
  const opened: { excel?: Excel } = {};
  const host = () => opened.excel!.host;
  const behaviours = behavioursWith(options.behaviours);
  const model = createMemorySpreadsheet({
    behaviours,
    evaluate(formula, cell, sheet) {
      const address = `${sheet}!${cell}`;
      if (!opened.excel) return { result: Promise.resolve(saved[address]![1]) };
      calculated.push(address);
      return evaluate(formula, address, sheet);
    },
    abandoned: (evaluation) => {
      if ("abandon" in evaluation) (evaluation.abandon as () => void)();
    },
  });
  // Other formulas show their length.
  const evaluate = createFormulaEvaluator(
    model,
    { invoke: (call) => host().invoke(call), cancel: (id) => host().cancel(id) },
    (formula) => [[{ value: formula.length }]],
  );
  const spreadsheet: MemorySpreadsheet = { ...model, ...change?.(model) };
  for (const [address, [formula]] of Object.entries(saved)) {
    model.write(areaOf(model, address), [[formula]]);
  }
  // Saved values are there at once.
  await new Promise(setImmediate);
  const { workbook = createMemoryWorkbook() } = options;
  const start = () => openExcel({ ...options, workbook, storage: ownStorage, spreadsheet }, behaviours);
  const excel = await start();
  opened.excel = excel;
  const raise = (event: object) =>
    (opened.excel!.page.window.dispatchEvent as (event: object) => void)(event);
  const isBusy = () =>
    model.sheets().some(({ id }) => {
      const used = model.usedArea(id);
      return used && model.read(used).some((row) => row.some(({ value }) => value === "#BUSY!"));
    });

  return {
    ...excel,
    get host() {
      return host();
    },
    get page() {
      return opened.excel!.page;
    },
    behaviours,
    spreadsheet,
    calculated,
    enter: (address, content) => model.write(areaOf(model, address), [[content]]),
    select: (address) => model.select(areaOf(model, address)),
    read: (address) => model.read(areaOf(model, address))[0]![0]!,
    settled: () => expect.poll(isBusy, { timeout: 10_000 }).toBe(false),
    press: (functionName) => host().runCommand(functionName, `Kalibrate.${functionName}`),
    leaveFor(minutes) {
      host().setPaneVisible(false);
      if (behaviours.closedPane === "endsRuntime" && minutes >= 20) opened.excel!.page.close();
    },
    async restart() {
      opened.excel!.page.close();
      opened.excel = await start();
    },
    connectElsewhere(connections) {
      const { localStorage } = opened.excel!.page.window as unknown as { localStorage: Storage };
      localStorage.setItem(storedConnections, storedFrom(connections));
      raise(
        behaviours.storageEvents === "raised"
          ? { type: "storage", key: storedConnections }
          : { type: "focus" },
      );
    },
    raise,
  };
}

/** @param address `Sheet2!B3`, `B3` on Sheet1, or `B3:C4` */
export function areaOf(model: SpreadsheetModel, address: string): Area {
  const [, sheetName = "Sheet1", from = "", to = from] = /^(?:(\w+)!)?(\w+)(?::(\w+))?$/.exec(address)!;
  const sheetId = model.sheets().find(({ name }) => name === sheetName)!.id;
  const [row, column] = placeOf(from);
  const [lastRow, lastColumn] = placeOf(to);
  return { sheetId, row, column, rows: lastRow - row + 1, columns: lastColumn - column + 1 };
}

function placeOf(cell: string): [row: number, column: number] {
  return [Number(cell.slice(1)) - 1, cell.charCodeAt(0) - 65];
}
