/**
 * A table of the workbook, with its totals row, sorting and filters.
 * @module
 */
import { addressOf } from "../../../excel/address.ts";
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { intersection } from "../areas.ts";
import type { Area, SheetTable, SortField } from "../model.ts";
import { bodyOf, findArea, isSameName } from "./find-area.ts";
import { sortRows } from "./sort-rows.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

export function createTable(objects: WorkbookObjects, id: string): ApiObject {
  const { model } = objects;
  const table = (): SheetTable => {
    const found = model.tables().find((table) => table.id === id);
    if (!found) throw new ApiError("ItemNotFound", "The table is not there any more.");
    return found;
  };
  const headers = (): Area => ({ ...table().area, rows: 1 });
  const remove = (): Area => {
    const { area } = table();
    model.removeTable(id);
    return area;
  };

  function showTotals(show: boolean): void {
    const { area, showTotals: shown } = table();
    if (show === shown) return;
    const row = { ...area, row: area.row + area.rows - (show ? 0 : 1), rows: 1 };
    if (
      show &&
      model
        .read(row)
        .flat()
        .some(({ formula }) => formula !== "")
    ) {
      throw new ApiError("InvalidArgument", "Excel would move what is below the table; this one does not.");
    }
    // Excel uses the column's name; the grid's SUBTOTAL needs an address.
    const last = {
      ...area,
      row: area.row + 1,
      rows: area.rows - 1,
      column: area.column + area.columns - 1,
      columns: 1,
    };
    const total = `=SUBTOTAL(109,${addressOf(last)})`;
    const contents = Array.from({ length: area.columns }, (_, column) =>
      column === area.columns - 1 ? total : "",
    );
    contents[0] = area.columns === 1 ? total : "Total";
    model.write(row, [show ? contents : contents.map(() => "")]);
    model.changeTable(id, { showTotals: show, area: { ...area, rows: area.rows + (show ? 1 : -1) } });
  }

  function sort(fields: readonly SortField[]): void {
    sortRows(model, bodyOf(table()), fields);
    model.changeTable(id, { sort: fields });
  }

  function setFilter(column: number, values: readonly string[] | undefined): void {
    const others = table().filters.filter((filter) => filter.column !== column);
    model.changeTable(id, { filters: values ? [...others, { column, values }] : others });
  }

  const columnName = (column: number) => model.read(headers())[0]?.[column]?.value ?? "";

  function createColumn(column: number): ApiObject {
    const filter = () => table().filters.find((filter) => filter.column === column);
    return {
      type: "TableColumn",
      properties: {
        Id: () => column + 1,
        Index: () => column,
        Name: () => columnName(column),
      },
      objects: {
        Filter: () => ({
          type: "Filter",
          properties: {
            Criteria: () => {
              const set = filter();
              return set ? { filterOn: "Values", values: set.values } : null;
            },
          },
          methods: {
            ApplyValuesFilter: (values: readonly string[]) => setFilter(column, values),
            Clear: () => setFilter(column, undefined),
          },
        }),
      },
    };
  }

  const columns = () => Array.from({ length: table().area.columns }, (_, column) => createColumn(column));

  return {
    type: "Table",
    id,
    isKept: true,
    properties: {
      Id: () => id,
      Name: () => table().name,
      ShowHeaders: () => true,
      ShowTotals: () => table().showTotals,
    },
    setters: {
      Name: (name: string) => {
        refuseTakenName(objects, name, id);
        model.changeTable(id, { name });
      },
      ShowTotals: showTotals,
    },
    objects: {
      Worksheet: () => objects.worksheet(table().area.sheetId),
      Sort: () => ({
        type: "TableSort",
        properties: { Fields: () => table().sort },
        methods: {
          Apply: (fields: readonly Partial<SortField>[]) =>
            sort(fields.map(({ key = 0, ascending = true }) => ({ key, ascending }))),
          Reapply: () => sort(table().sort),
          Clear: () => model.changeTable(id, { sort: [] }),
        },
      }),
      Columns: () => ({
        type: "TableColumnCollection",
        properties: { Count: () => table().area.columns },
        items: columns,
        methods: orNull("GetItem", (key: string | number) =>
          columns().find((_, index) =>
            typeof key === "number" ? key === index + 1 : isSameName(String(columnName(index)), key),
          ),
        ),
      }),
    },
    methods: {
      ReapplyFilters: () => model.changeTable(id, { filters: table().filters }),
      ClearFilters: () => model.changeTable(id, { filters: [] }),
      GetRange: () => objects.range(table().area),
      GetDataBodyRange: () => objects.range(bodyOf(table())),
      GetHeaderRowRange: () => objects.range(headers()),
      GetTotalRowRange: () => {
        const { area, showTotals: shown } = table();
        if (!shown) throw new ApiError("ItemNotFound", "The table has no row of totals.");
        return objects.range({ ...area, row: area.row + area.rows - 1, rows: 1 });
      },
      Resize: (reference: string | ApiObject) => {
        const { area: old, showTotals: shown } = table();
        const area = findArea(model, reference, old.sheetId);
        if (area.row !== old.row || area.rows < 2 || !intersection(area, old)) {
          throw new ApiError("InvalidArgument", "A table keeps its row of headers, and one row at least.");
        }
        if (shown && area.rows !== old.rows) {
          throw new ApiError(
            "InvalidArgument",
            "A table with a row of totals is not made longer or shorter here.",
          );
        }
        model.changeTable(id, { area });
      },
      ConvertToRange: () => objects.range(remove()),
      // Excel deletes the cells as well; here they are emptied.
      Delete: () => objects.clear([remove()], "Contents"),
    },
  };
}

function refuseTakenName({ model }: WorkbookObjects, name: string, id: string): void {
  if (!/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name)) {
    throw new ApiError("InvalidArgument", `A table cannot be called ${name}.`);
  }
  const taken =
    model.tables().some((table) => table.id !== id && isSameName(table.name, name)) ||
    model.names().some((nameItem) => isSameName(nameItem.name, name));
  if (taken) throw new ApiError("ItemAlreadyExists", `There is a table or a name ${name} already.`);
}
