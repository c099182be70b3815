/**
 * Runs in the page before office.js: the emulated Excel as `window.external`, with one selected cell behind
 * `Excel.run`.
 * @module
 */
import { createExcelHost } from "../../src/workbench/excel-host/host.ts";
import { createMemoryWorkbook } from "../../src/workbench/excel-host/workbook.ts";

/** The selected cell, for tests to set and to look at. */
export interface SelectedCell {
  readonly address: string;
  isEmpty: boolean;
  isInTable: boolean;
  /** Why Excel refuses every change. */
  refusal?: string;
  formula?: string;
}

declare global {
  interface Window {
    selectedCell: SelectedCell;
    /** Set before the page loads. */
    excelIsDark?: boolean;
    workbookConnection?: string;
  }
}

/** A request on the wire, as far as the cell is concerned. */
interface Request {
  readonly Actions: readonly {
    readonly Id: number;
    readonly ActionType: number;
    readonly Name: string;
    readonly ObjectPathId: number;
    readonly ArgumentInfo?: { readonly Arguments?: unknown[] };
  }[];
  readonly ObjectPaths: Readonly<Record<string, { readonly Name: string }>>;
}

const executeRichApi = 93;
const instantiate = 1;
const query = 2;
const setProperty = 4;

/** Under this name Excel keeps the cell from one sync to the next. */
const referenceId = "selectedCell";

const cell: SelectedCell = { address: "Prices!B3", isEmpty: true, isInTable: false };
window.selectedCell = cell;

const post = (task: () => void) => void setTimeout(task, 0);
const needed = window.workbookConnection;
const host = createExcelHost({
  functions: { functions: [] },
  workbook: createMemoryWorkbook(needed ? { "KAL.connection": JSON.stringify(needed) } : {}),
  paneVisible: true,
});
const external = host.connect(post) as Record<string, (...values: unknown[]) => unknown>;

Object.defineProperty(window, "external", {
  value: { ...external, GetContext: contextWithTheme, Execute: executeOnCell },
});

function contextWithTheme() {
  const background = window.excelIsDark ? 0x26_26_26 : 0xff_ff_ff;
  return {
    ...(external["GetContext"]!() as object),
    GetOfficeThemeInfo: () => JSON.stringify({ bodyBackgroundColor: background }),
  };
}

function executeOnCell(method: number, parameters: unknown[], callback: (response: object) => void): void {
  const body = (parameters[0] as unknown[])[4] as string;
  if (method !== executeRichApi || !/GetActiveCell|selectedCell/.test(body)) {
    external["Execute"]!(method, parameters, callback);
    return;
  }
  const answer = JSON.stringify(answerTo(JSON.parse(body) as Request));
  post(() => callback({ toArray: () => [0, 200, [], answer] }));
}

function answerTo({ Actions: actions, ObjectPaths: paths }: Request) {
  const results = [];
  for (const { Id: id, ActionType: type, Name: name, ObjectPathId: path, ArgumentInfo: info } of actions) {
    if (type === setProperty && name === "Formulas") {
      if (cell.refusal) return { Results: results, Error: { Code: "AccessDenied", Message: cell.refusal } };
      cell.formula = (info?.Arguments?.[0] as string[][])[0]![0]!;
    }
    results.push({ ActionId: id, Value: valueOf(type, paths[path]!.Name) });
  }
  return { Results: results };
}

function valueOf(actionType: number, objectName: string) {
  if (actionType === instantiate) return { _ReferenceId: referenceId };
  if (actionType !== query) return {};
  if (objectName === "GetTables") return { _Items: cell.isInTable ? [{ Name: "Table1" }] : [] };
  return { Address: cell.address, ValueTypes: [[cell.isEmpty ? "Empty" : "String"]] };
}
