/**
 * The tables of the workbook.
 * @module
 */
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import type { SheetTable } from "../model.ts";
import { findArea, findTable } from "./find-area.ts";
import { createTable } from "./table.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

/** @param holds whether a table belongs to the collection */
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

/** Numbered as Excel names new tables. */
function freeName({ model }: WorkbookObjects): string {
  for (let number = 1; ; number++) {
    if (!findTable(model, `Table${number}`)) return `Table${number}`;
  }
}
