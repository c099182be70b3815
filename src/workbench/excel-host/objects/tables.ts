/**
 * The tables of the workbook.
 * @module
 */
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { intersection } from "../areas.ts";
import type { Area, SheetTable } from "../model.ts";
import { bodyOf, findArea, findTable, isSameName } from "./find-area.ts";
import type { WorkbookObjects } from "./workbook.ts";

/** @param holds which of the tables belong to the collection */
export function createTables(
  objects: WorkbookObjects,
  sheetId: () => string,
  holds: (table: SheetTable) => boolean,
): ApiObject {
  const { model } = objects;
  const table = (found: SheetTable | undefined) =>
    found && holds(found) ? createTable(objects, found.id) : undefined;
  return {
    type: "TableCollection",
    properties: { Count: () => model.tables().filter(holds).length },
    items: () =>
      model
        .tables()
        .filter(holds)
        .map(({ id }) => createTable(objects, id)),
    methods: {
      Add: (reference: string | ApiObject, hasHeaders: boolean) => {
        if (!hasHeaders) throw new ApiError("InvalidArgument", "Tables without headers are not emulated.");
        const area = findArea(model, reference, sheetId());
        if (model.tablesIn(area).length > 0) {
          throw new ApiError("InvalidArgument", "A table cannot overlap another table.");
        }
        return createTable(objects, model.addTable(freeName(objects), area));
      },
      ...orNull("GetItem", (key: string) => table(findTable(model, key))),
    },
  };
}

function createTable(objects: WorkbookObjects, id: string): ApiObject {
  const { model } = objects;
  const table = (): SheetTable => {
    const found = model.tables().find((one) => one.id === id);
    if (!found) throw new ApiError("ItemNotFound", "The table is not there any more.");
    return found;
  };
  const headers = ({ area }: SheetTable): Area => ({ ...area, rows: 1 });
  return {
    type: "Table",
    id,
    isKept: true,
    properties: { Id: () => id, Name: () => table().name, ShowHeaders: () => true, ShowTotals: () => false },
    setters: {
      Name: (name: string) => {
        refuseTakenName(objects, name, id);
        model.renameTable(id, name);
      },
    },
    objects: {
      Worksheet: () => objects.worksheet(table().area.sheetId),
      // Nothing sorts or filters tables by `Excel.run` here, so there is nothing to apply again.
      Sort: () => ({ type: "TableSort", properties: { Fields: () => [] } }),
    },
    methods: {
      ReapplyFilters: () => null,
      GetRange: () => objects.range(table().area),
      GetDataBodyRange: () => objects.range(bodyOf(table())),
      GetHeaderRowRange: () => objects.range(headers(table())),
      Resize: (reference: string | ApiObject) => {
        const { area: old } = table();
        const area = findArea(model, reference, old.sheetId);
        if (area.row !== old.row || area.rows < 2 || !intersection(area, old)) {
          throw new ApiError("InvalidArgument", "A table keeps its row of headers, and one row at least.");
        }
        model.resizeTable(id, area);
      },
      ConvertToRange: () => {
        const { area } = table();
        model.removeTable(id);
        return objects.range(area);
      },
      // Excel takes the cells away with it; here they are emptied.
      Delete: () => {
        const { area } = table();
        model.removeTable(id);
        objects.clear([area], "Contents");
      },
    },
  };
}

/** As Excel names tables itself. */
function freeName({ model }: WorkbookObjects): string {
  for (let number = 1; ; number++) {
    if (!findTable(model, `Table${number}`)) return `Table${number}`;
  }
}

function refuseTakenName({ model }: WorkbookObjects, name: string, id: string): void {
  if (!/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name)) {
    throw new ApiError("InvalidArgument", `A table cannot be called ${name}.`);
  }
  const taken =
    model.tables().some((table) => table.id !== id && isSameName(table.name, name)) ||
    model.names().some((one) => isSameName(one.name, name));
  if (taken) throw new ApiError("ItemAlreadyExists", `There is a table or a name ${name} already.`);
}
