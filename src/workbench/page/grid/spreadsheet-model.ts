/**
 * Implements the spreadsheet interface of the emulated Excel with the grid.
 * @module
 */
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import { createCalculation } from "../../excel-host/calculation-mode.ts";
import { intersection } from "../../excel-host/areas.ts";
import { calculate } from "../functions/calculation.ts";
import { createGridCells } from "./grid-cells.ts";
import { followChanges } from "./grid-changes.ts";
import { createGridSheets } from "./grid-sheets.ts";
import { createGridSpills } from "./grid-spills.ts";
import { createGridTables } from "./grid-tables.ts";
import type { Grid } from "./grid.ts";

export function createSpreadsheetModel(grid: Grid): SpreadsheetModel {
  const spills = createGridSpills(grid);
  const sheets = createGridSheets(grid, spills);
  const tables = createGridTables(grid);
  return {
    ...sheets,
    ...spills,
    ...tables,
    ...createGridCells(grid),
    ...followChanges(grid, sheets.selection),
    tablesIn: (area) =>
      tables
        .tables()
        .filter((table) => intersection(table.area, area))
        .map(({ name }) => name),
    runForAddin: grid.addinSteps.runForAddin,
    // The grid itself always recalculates changed cells at once, in any mode.
    ...createCalculation((areas) => calculate(grid, areas.flatMap(sheets.formulaCells))),
  };
}
