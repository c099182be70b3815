/**
 * The grid's tables and names.
 *
 * The grid's own interface for tables answers later; its commands do at once, and office.js's requests are answered
 * in one go.
 * @module
 */
import { ICommandService } from "@univerjs/core";
import { AddSheetTableCommand, DeleteSheetTableCommand, SetSheetTableCommand } from "@univerjs/sheets-table";
import type { SpreadsheetModel } from "../../excel-host/model.ts";
import { toArea, toRange } from "./grid-area.ts";
import type { Grid } from "./grid.ts";

export type GridTables = Pick<
  SpreadsheetModel,
  "tables" | "addTable" | "renameTable" | "resizeTable" | "removeTable" | "names" | "setName" | "removeName"
>;

export function createGridTables({ api, injector }: Grid): GridTables {
  const commands = injector.get(ICommandService);
  const workbook = () => api.getActiveWorkbook()!;

  function execute(command: string, tableId: string, params: object): void {
    const unitId = workbook().getId();
    const done = commands.syncExecuteCommand(command, { unitId, tableId, ...params });
    if (!done) throw new Error("The grid refuses this of its table.");
  }

  return {
    tables: () =>
      workbook()
        .getTableList()
        .map(({ id, name, subUnitId, range }) => ({ id, name, area: toArea(subUnitId, range) })),
    addTable(name, area) {
      const id = crypto.randomUUID();
      execute(AddSheetTableCommand.id, id, { id, subUnitId: area.sheetId, name, range: toRange(area) });
      return id;
    },
    renameTable: (tableId, name) => execute(SetSheetTableCommand.id, tableId, { name }),
    resizeTable: (tableId, area) =>
      execute(SetSheetTableCommand.id, tableId, { updateRange: { newRange: toRange(area) } }),
    removeTable: (tableId) =>
      execute(DeleteSheetTableCommand.id, tableId, {
        subUnitId: workbook().getTableInfo(tableId)?.subUnitId,
      }),

    names: () =>
      workbook()
        .getDefinedNames()
        .map((name) => ({
          name: name.getName(),
          formula: `=${name.getFormulaOrRefString().replace(/^=/, "")}`,
        })),
    setName(name, formula) {
      workbook().deleteDefinedName(name);
      workbook().insertDefinedName(name, formula.replace(/^=/, ""));
    },
    removeName: (name) => void workbook().deleteDefinedName(name),
  };
}
