/**
 * Runs in the page before office.js: the emulated Excel as `window.external`, with a sheet in memory whose cell B3 is
 * selected.
 * @module
 */
import { ApiError } from "../../src/workbench/excel-host/api-object.ts";
import { createExcelHost, type ExcelHost } from "../../src/workbench/excel-host/host.ts";
import { createMemorySpreadsheet } from "../../src/workbench/excel-host/memory-spreadsheet.ts";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { createMemoryWorkbook } from "../../src/workbench/excel-host/workbook.ts";

/** The cell that is selected at first, for tests to set and to look at. */
export interface SelectedCell {
  readonly address: string;
  isEmpty: boolean;
  isInTable: boolean;
  /** Why Excel refuses every change, and every new calculation. */
  refusal?: string;
  /** Why it cannot say what is selected: a chart is. */
  selectionRefusal?: string;
  readonly formula: string | undefined;
}

declare global {
  interface Window {
    selectedCell: SelectedCell;
    /** The sheets themselves. */
    spreadsheet: SpreadsheetModel;
    excelHost: ExcelHost;
    /** Set before the page loads. */
    excelIsDark?: boolean;
    workbookConnection?: string;
    workbookRefreshes?: boolean;
  }
}

const memory = createMemorySpreadsheet();
const spreadsheet: SpreadsheetModel = {
  ...memory,
  write(area, contents) {
    refuse();
    memory.write(area, contents);
  },
  markDirty(areas) {
    refuse();
    memory.markDirty(areas);
  },
  selection() {
    const { selectionRefusal } = window.selectedCell;
    if (selectionRefusal) throw new ApiError("InvalidReference", selectionRefusal);
    return memory.selection();
  },
};

function refuse(): void {
  const { refusal } = window.selectedCell;
  if (refusal) throw new ApiError("AccessDenied", refusal);
}
const sheetId = memory.activeSheetId();
memory.renameSheet(sheetId, "Prices");
const area = { sheetId, row: 2, column: 1, rows: 1, columns: 1 };
memory.select(area);
window.spreadsheet = spreadsheet;

const contentOf = () => memory.read(area)[0]![0]!.formula;
let tableId: string | undefined;
window.selectedCell = {
  address: "Prices!B3",
  get isEmpty() {
    return contentOf() === "";
  },
  set isEmpty(empty) {
    memory.write(area, [[empty ? "" : "1.459"]]);
  },
  get isInTable() {
    return tableId !== undefined;
  },
  set isInTable(inTable) {
    if (tableId !== undefined) memory.removeTable(tableId);
    tableId = inTable ? memory.addTable("Table1", { ...area, row: 1, rows: 3 }) : undefined;
  },
  get formula() {
    const content = contentOf();
    return typeof content === "string" && content.startsWith("=") ? content : undefined;
  },
};

const post = (task: () => void) => void setTimeout(task, 0);
const needed = window.workbookConnection;
const host = createExcelHost({
  functions: { functions: [] },
  workbook: createMemoryWorkbook({
    ...(needed && { "KAL.connection": JSON.stringify(needed) }),
    ...(window.workbookRefreshes && { "KAL.refreshOnOpen": "true" }),
  }),
  spreadsheet,
  paneVisible: true,
});
window.excelHost = host;
const external = host.connect(post) as Record<string, (...values: unknown[]) => unknown>;

Object.defineProperty(window, "external", { value: { ...external, GetContext: contextWithTheme } });

function contextWithTheme() {
  const background = window.excelIsDark ? 0x26_26_26 : 0xff_ff_ff;
  return {
    ...(external["GetContext"]!() as object),
    GetOfficeThemeInfo: () => JSON.stringify({ bodyBackgroundColor: background }),
  };
}
