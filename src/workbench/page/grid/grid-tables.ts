/**
 * The grid's tables and names.
 *
 * The grid's API for tables is asynchronous, but office.js's requests are answered synchronously, so we use the grid's
 * commands.
 * @module
 */
import { ICommandService } from "@univerjs/core";
import {
  AddSheetTableCommand,
  DeleteSheetTableCommand,
  SetSheetTableCommand,
  SetSheetTableFilterCommand,
  type ITableRange,
  TableColumnFilterTypeEnum,
  TableManager,
} from "@univerjs/sheets-table";
import type { ColumnFilter, SheetTable, SpreadsheetModel } from "../../excel-host/model.ts";
import { toArea, toRange } from "./grid-area.ts";
import type { Grid } from "./grid.ts";
import { workbookOf } from "./open-workbook.ts";

export type GridTables = Pick<
  SpreadsheetModel,
  "tables" | "addTable" | "changeTable" | "removeTable" | "names" | "setName" | "removeName"
>;

type Table = NonNullable<ReturnType<TableManager["getTable"]>>;

/** Our data about a table, which the grid also saves with the workbook. */
type GridTableMeta = Partial<Pick<SheetTable, "showTotals" | "sort" | "filters">>;

export function createGridTables(grid: Grid): GridTables {
  const { injector } = grid;
  const manager = injector.get(TableManager);
  const commands = injector.get(ICommandService);
  const workbook = () => workbookOf(grid);

  function execute(command: string, tableId: string, params: object): void {
    const unitId = workbook().getId();
    const done = commands.syncExecuteCommand(command, { unitId, tableId, ...params });
    if (!done) throw new Error("The grid refuses this of its table.");
  }

  const findName = (name: string, sheetId: string | undefined) =>
    workbook()
      .getDefinedNames()
      .find((getDefinedName) => {
        const scope = getDefinedName.isWorkbookScope() ? undefined : getDefinedName.getLocalSheetId();
        return getDefinedName.getName().toLowerCase() === name.toLowerCase() && scope === sheetId;
      });

  function tableOf(tableId: string): Table {
    const table = manager.getTableById(workbook().getId(), tableId);
    if (!table) throw new Error("The table is not there any more.");
    return table;
  }

  /** The grid's own table does not include the totals row. */
  function toSheetTable(table: Table): SheetTable {
    // A new table has none, although the types say otherwise.
    const meta = (table.getTableMeta() as GridTableMeta | undefined) ?? {};
    const { showTotals = false, sort = [], filters = [] } = meta;
    const area = toArea(table.getSubunitId(), table.getRange());
    return {
      id: table.getId(),
      name: table.getDisplayName(),
      area: { ...area, rows: area.rows + (showTotals ? 1 : 0) },
      showTotals,
      sort,
      filters,
    };
  }

  /** Sets the filter of every column again: the grid evaluates rows only when a filter is set. */
  function filter(tableId: string, columns: number, filters: readonly ColumnFilter[]): void {
    for (let column = 0; column < columns; column++) {
      const values = filters.find((filter) => filter.column === column)?.values;
      const isFiltered = tableOf(tableId).getTableFilterColumn(column) !== undefined;
      if (!values && !isFiltered) continue;
      execute(SetSheetTableFilterCommand.id, tableId, {
        column,
        tableFilter: values && { filterType: TableColumnFilterTypeEnum.manual, values: [...values] },
      });
    }
  }

  return {
    tables: () => manager.getTableList(workbook().getId()).map(({ id }) => toSheetTable(tableOf(id))),
    addTable(name, area) {
      const id = crypto.randomUUID();
      execute(AddSheetTableCommand.id, id, { id, subUnitId: area.sheetId, name, range: toRange(area) });
      return id;
    },
    changeTable(tableId, change) {
      const table = tableOf(tableId);
      const before = toSheetTable(table);
      const { name, area, showTotals, sort, filters } = { ...before, ...change };
      table.setTableMeta({ ...table.getTableMeta(), showTotals, sort, filters });
      if (name !== before.name) execute(SetSheetTableCommand.id, tableId, { name });
      const newRange = toRange({ ...area, rows: area.rows - (showTotals ? 1 : 0) });
      if (!isSameRange(newRange, table.getRange())) {
        execute(SetSheetTableCommand.id, tableId, { updateRange: { newRange } });
      }
      if (change.filters) filter(tableId, area.columns, filters);
    },
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
          sheetId: name.isWorkbookScope() ? undefined : name.getLocalSheetId(),
        })),
    setName(name, formula, sheetId) {
      findName(name, sheetId)?.delete();
      const sheet = sheetId === undefined ? null : workbook().getSheetBySheetId(sheetId);
      (sheet ?? workbook()).insertDefinedName(name, formula.replace(/^=/, ""));
    },
    removeName: (name, sheetId) => findName(name, sheetId)?.delete(),
  };
}

function isSameRange(left: ITableRange, right: ITableRange): boolean {
  return (
    left.startRow === right.startRow &&
    left.endRow === right.endRow &&
    left.startColumn === right.startColumn &&
    left.endColumn === right.endColumn
  );
}
