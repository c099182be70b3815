/**
 * Runs in the page before office.js: one of the profiles of Excel, with a workbook in memory whose formulas call the
 * add-in. What is saved is there again when the page is loaded anew.
 * @module
 */
import { behavioursWith, type HostBehaviours } from "../../src/workbench/excel-host/behaviours.ts";
import type { CellResult } from "../../src/workbench/excel-host/cells.ts";
import { createFormulaEvaluator } from "../../src/workbench/excel-host/formula-evaluator.ts";
import type { FunctionsMetadata } from "../../src/workbench/excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost } from "../../src/workbench/excel-host/host.ts";
import {
  createMemorySpreadsheet,
  type MemorySpreadsheet,
} from "../../src/workbench/excel-host/memory-spreadsheet.ts";
import type { Area } from "../../src/workbench/excel-host/model.ts";
import { hostProfiles, type ProfileName } from "../../src/workbench/excel-host/profiles.ts";
import { createMemoryWorkbook } from "../../src/workbench/excel-host/workbook.ts";

export interface ProfileWindow {
  /** Set before the page loads. */
  kalProfile: { readonly profile: ProfileName; readonly functions: FunctionsMetadata };
  excelHost: ExcelHost;
  spreadsheet: MemorySpreadsheet;
  behaviours: HostBehaviours;
  /** Saves the workbook: formulas with what they show, and the add-in's settings. */
  saveWorkbook: () => void;
  /** How often a function was called since the page was loaded. */
  calls: number;
  /** Whether a press of Refresh before the page was ready came back. */
  isFirstPressOver: boolean;
}

interface Saved {
  readonly cells: readonly { readonly area: Area; readonly formula: string; readonly shows: CellResult }[];
  readonly settings: Record<string, string>;
}

const own = window as unknown as ProfileWindow;
const key = "kal-saved-workbook";
const saved = JSON.parse(sessionStorage.getItem(key) ?? "null") as Saved | null;
const { profile, functions } = own.kalProfile;
const behaviours = behavioursWith(hostProfiles[profile].behaviours);
const opened: { host?: ExcelHost } = {};

const spreadsheet = createMemorySpreadsheet({
  behaviours,
  evaluate(formula, cell, sheet) {
    if (opened.host) return evaluate(formula, `${sheet}!${cell}`, sheet);
    const known = saved?.cells.find((cell) => cell.formula === formula);
    return { result: Promise.resolve(known?.shows ?? [[{ error: "#BUSY!" }]]) };
  },
  abandoned: (evaluation) => {
    if ("abandon" in evaluation) (evaluation.abandon as () => void)();
  },
});
const evaluate = createFormulaEvaluator(spreadsheet, {
  invoke: (call) => {
    own.calls++;
    return opened.host!.invoke(call);
  },
  cancel: (id) => opened.host!.cancel(id),
});
for (const { area, formula } of saved?.cells ?? []) spreadsheet.write(area, [[formula]]);

const workbook = createMemoryWorkbook(saved?.settings ?? {});
const { requirementSets } = hostProfiles[profile];
const host = createExcelHost({
  functions,
  workbook,
  spreadsheet,
  behaviours,
  requirementSets,
  paneVisible: true,
});
// Formulas that were saved have shown their values by then.
setTimeout(() => (opened.host = host), 0);

own.excelHost = host;
own.spreadsheet = spreadsheet;
own.behaviours = behaviours;
own.calls = 0;
own.isFirstPressOver = false;
own.saveWorkbook = () => {
  const cells = spreadsheet.sheets().flatMap(({ id }) => {
    const used = spreadsheet.usedArea(id);
    const rows = used ? spreadsheet.read(used) : [];
    return rows.flatMap((row, down) =>
      row.flatMap(({ formula }, right) => {
        if (typeof formula !== "string" || !formula.startsWith("=")) return [];
        const area = { ...used!, row: used!.row + down, column: used!.column + right, rows: 1, columns: 1 };
        const spill = spreadsheet.spillOf(id, area.row, area.column) ?? area;
        const shows = spreadsheet.read(spill).map((line) => line.map(({ value }) => ({ value })));
        return [{ area, formula, shows }];
      }),
    );
  });
  sessionStorage.setItem(key, JSON.stringify({ cells, settings: workbook.readSettings() }));
};
void host.runCommand("refreshWorkbook", "Kalibrate.refreshWorkbook").then(
  () => (own.isFirstPressOver = true),
  () => undefined,
);

const external = host.connect((task) => void setTimeout(task, 0));
Object.defineProperty(window, "external", { value: external });
