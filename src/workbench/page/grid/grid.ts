/**
 * The spreadsheet: Univer's plugins in the order of their dependencies.
 * @module
 */
import "@univerjs/design/lib/index.css";
import "@univerjs/ui/lib/index.css";
import "@univerjs/docs-ui/lib/index.css";
import "@univerjs/sheets-ui/lib/index.css";
import "@univerjs/sheets-formula-ui/lib/index.css";
import "@univerjs/sheets-numfmt-ui/lib/index.css";
// Each import adds its part of the API.
import "@univerjs/engine-formula/facade";
import "@univerjs/ui/facade";
import "@univerjs/docs-ui/facade";
import "@univerjs/sheets/facade";
import "@univerjs/sheets-ui/facade";
import "@univerjs/sheets-formula/facade";
import "@univerjs/sheets-numfmt/facade";
import "@univerjs/sheets-formula-ui/facade";
import "@univerjs/sheets-table/facade";
import { type Injector, LocaleType, LogLevel, Univer } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverDocsPlugin } from "@univerjs/docs";
import { UniverDocsUIPlugin } from "@univerjs/docs-ui";
import { UniverFormulaEnginePlugin } from "@univerjs/engine-formula";
import { UniverRenderEnginePlugin } from "@univerjs/engine-render";
import { UniverSheetsPlugin } from "@univerjs/sheets";
import { CalculationMode, UniverSheetsFormulaPlugin } from "@univerjs/sheets-formula";
import { UniverSheetsFormulaUIPlugin } from "@univerjs/sheets-formula-ui";
import { UniverSheetsNumfmtPlugin } from "@univerjs/sheets-numfmt";
import { UniverSheetsNumfmtUIPlugin } from "@univerjs/sheets-numfmt-ui";
import { UniverSheetsTablePlugin } from "@univerjs/sheets-table";
import { UniverSheetsUIPlugin } from "@univerjs/sheets-ui";
import { UniverUIPlugin } from "@univerjs/ui";
import { gridTheme } from "./colours.ts";
import { type AddinSteps, createAddinSteps } from "./grid-undo.ts";
import { gridTexts } from "./locale.ts";

export interface Grid {
  readonly api: FUniver;
  /** Access to Univer's own services. */
  readonly injector: Injector;
  readonly addinSteps: AddinSteps;
}

/** Opens an empty grid; `grid.api.createWorkbook` creates a workbook in it. */
export function openGrid(container: HTMLElement, isDark: boolean): Grid {
  const addinSteps = createAddinSteps();
  const univer = new Univer({
    override: addinSteps.override,
    theme: gridTheme,
    darkMode: isDark,
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: gridTexts },
    logLevel: LogLevel.WARN,
  });
  univer.registerPlugin(UniverRenderEnginePlugin);
  univer.registerPlugin(UniverFormulaEnginePlugin);
  univer.registerPlugin(UniverUIPlugin, { container, ribbonType: "simple" });
  univer.registerPlugin(UniverDocsPlugin);
  univer.registerPlugin(UniverDocsUIPlugin);
  univer.registerPlugin(UniverSheetsPlugin);
  univer.registerPlugin(UniverSheetsUIPlugin, {
    disableForceStringMark: true,
    disableForceStringAlert: true,
  });
  univer.registerPlugin(UniverSheetsNumfmtPlugin);
  univer.registerPlugin(UniverSheetsNumfmtUIPlugin);
  // Answers of functions are saved with the workbook, so this calls no function.
  univer.registerPlugin(UniverSheetsFormulaPlugin, { initialFormulaComputing: CalculationMode.FORCED });
  univer.registerPlugin(UniverSheetsFormulaUIPlugin);
  univer.registerPlugin(UniverSheetsTablePlugin);
  return { api: FUniver.newAPI(univer), injector: univer.__getInjector(), addinSteps };
}
