/**
 * The worksheets of the workbook.
 * @module
 */
import { ApiError, type ApiObject, nullObject, orNull } from "../api-object.ts";
import { findArea, findSheet, isSameName } from "./find-area.ts";
import { createNames } from "./names.ts";
import { createTables } from "./tables.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

export function createWorksheets(objects: WorkbookObjects): ApiObject {
  const { model, events } = objects;
  const sheet = (found: { readonly id: string } | undefined) => found && objects.worksheet(found.id);
  return {
    type: "WorksheetCollection",
    items: () => model.sheets().map(({ id }) => objects.worksheet(id)),
    methods: {
      ...events.registration("Workbook"),
      Add: (name?: string) => {
        objects.refuseBehind();
        refuseName(objects, name ?? freeName(objects));
        const id = model.addSheet(name ?? freeName(objects));
        events.sheetAdded(id);
        return objects.worksheet(id);
      },
      GetActiveWorksheet: () => objects.worksheet(model.activeSheetId()),
      GetFirst: () => sheet(model.sheets()[0]),
      GetLast: () => sheet(model.sheets().at(-1)),
      ...orNull("GetItem", (key: string) => sheet(findSheet(model, key))),
    },
  };
}

export function createWorksheet(objects: WorkbookObjects, id: string): ApiObject {
  const { model, events } = objects;
  const sheet = () => {
    const found = model.sheets().find((sheet) => sheet.id === id);
    if (!found) throw new ApiError("ItemNotFound", "The worksheet is not there any more.");
    return found;
  };
  /** Where a copy goes; at the beginning by default. */
  const indexFor = (position: string | undefined, beside: ApiObject | undefined): number => {
    const sheets = model.sheets();
    if (position === "End") return sheets.length;
    if (position !== "Before" && position !== "After") return 0;
    const at = sheets.findIndex((sheet) => sheet.id === beside?.id);
    if (at < 0) throw new ApiError("InvalidArgument", `${position} needs a worksheet.`);
    return position === "After" ? at + 1 : at;
  };
  const whole = () => ({ sheetId: sheet().id, row: 0, column: 0, ...model.sizeOf(id) });
  const area = (reference?: string) => (reference ? findArea(model, reference, sheet().id) : whole());
  return {
    type: "Worksheet",
    id,
    isKept: true,
    properties: {
      Id: () => id,
      Name: () => sheet().name,
      Position: () => model.sheets().findIndex((sheet) => sheet.id === id),
      Visibility: () => "Visible",
    },
    setters: {
      Name: (name: string) => {
        if (!isSameName(name, sheet().name)) refuseName(objects, name);
        model.renameSheet(id, name);
      },
    },
    objects: {
      Names: () => createNames(objects, sheet().id),
      Tables: () =>
        createTables(
          objects,
          () => sheet().id,
          (table) => table.area.sheetId === id,
        ),
    },
    methods: {
      ...events.registration(id),
      Activate: () => {
        objects.refuseBehind();
        model.activateSheet(sheet().id);
      },
      Delete: () => {
        if (model.sheets().length === 1)
          throw new ApiError("InvalidArgument", "A workbook needs a worksheet.");
        model.removeSheet(sheet().id);
        events.sheetDeleted(id);
      },
      Copy: (position?: string, beside?: ApiObject) => {
        objects.refuseBehind();
        const { id: own, name } = sheet();
        const copy = model.copySheet(own, freeCopyName(objects, name), indexFor(position, beside));
        events.sheetAdded(copy);
        return objects.worksheet(copy);
      },
      GetRange: (address?: string) => objects.range(area(address)),
      GetRangeByIndexes: (row: number, column: number, rows: number, columns: number) =>
        objects.range({ sheetId: sheet().id, row, column, rows, columns }),
      GetRanges: (addresses?: string) =>
        objects.rangeAreas((addresses ?? "").split(",").map((text) => area(text.trim()))),
      GetCell: (row: number, column: number) =>
        objects.range({ sheetId: sheet().id, row, column, rows: 1, columns: 1 }),
      // The used range of an empty sheet is its first cell, or a null object if the add-in asks for one.
      GetUsedRange: () => objects.range(model.usedArea(sheet().id) ?? { ...whole(), rows: 1, columns: 1 }),
      GetUsedRangeOrNullObject: () => {
        const used = model.usedArea(sheet().id);
        return used ? objects.range(used) : nullObject;
      },
      Calculate: (markAllDirty?: boolean) => {
        // With automatic calculation, marked cells have already been calculated.
        const used = model.usedArea(sheet().id);
        if (used && markAllDirty) model.calculate([used]);
        else model.calculateDirty();
      },
    },
  };
}

function freeName({ model }: WorkbookObjects): string {
  for (let number = 1; ; number++) {
    if (!findSheet(model, `Sheet${number}`)) return `Sheet${number}`;
  }
}

function freeCopyName({ model }: WorkbookObjects, name: string): string {
  for (let number = 2; ; number++) {
    const candidate = `${name} (${number})`;
    if (!findSheet(model, candidate)) return candidate;
  }
}

/** Excel's rules for sheet names. */
function refuseName({ model }: WorkbookObjects, name: string): void {
  if (name === "" || name.length > 31 || /[:\\/?*[\]]|^'|'$/.test(name)) {
    throw new ApiError("InvalidArgument", `A worksheet cannot be called ${JSON.stringify(name)}.`);
  }
  if (findSheet(model, name))
    throw new ApiError("ItemAlreadyExists", `There is a worksheet ${name} already.`);
}
