/**
 * The objects behind `Excel.run`, from the workbook on, as far as they are emulated.
 *
 * Names are those on the wire. What is not here fails with its name.
 * @module
 */
import { ApiError, type ApiObject } from "../api-object.ts";
import { intersection } from "../areas.ts";
import type { WorkbookEvents } from "../events.ts";
import type { Area, SpreadsheetModel } from "../model.ts";
import type { Workbook } from "../workbook.ts";
import { createNames } from "./names.ts";
import { createRangeAreas, findSpecialCells } from "./range-areas.ts";
import { createRange } from "./range.ts";
import { createSettings } from "./settings.ts";
import { createTables } from "./tables.ts";
import { createWorksheet, createWorksheets } from "./worksheets.ts";

/** How the objects make each other, and what several of them do. */
export interface WorkbookObjects {
  readonly model: SpreadsheetModel;
  readonly events: WorkbookEvents;
  readonly range: (area: Area) => ApiObject;
  readonly rangeAreas: (areas: readonly Area[]) => ApiObject | undefined;
  readonly worksheet: (id: string) => ApiObject;
  readonly tablesIn: (areas: readonly Area[], fullyContained: boolean) => ApiObject;
  readonly specialCells: (areas: readonly Area[], kind: string, values?: string) => Area[];
  /** @param what one of `Excel.ClearApplyTo`, all where left out */
  readonly clear: (areas: readonly Area[], what?: string) => void;
}

export function createWorkbookObject(
  workbook: Workbook,
  model: SpreadsheetModel,
  events: WorkbookEvents,
): ApiObject {
  const objects = createObjects(model, events);
  const { range } = objects;
  return {
    type: "Workbook",
    properties: { Name: () => workbook.url },
    objects: {
      Settings: () => createSettings(workbook),
      Application: () => createApplication(objects),
      Names: () => createNames(objects, undefined),
      Tables: () => createTables(objects, model.activeSheetId, () => true),
      Worksheets: () => createWorksheets(objects),
    },
    methods: {
      GetActiveCell: () => range({ ...model.selection(), rows: 1, columns: 1 }),
      GetSelectedRange: () => range(model.selection()),
      // The selection of several areas is not emulated: the last of them is the selection.
      GetSelectedRanges: () => objects.rangeAreas([model.selection()]),
      _GetRangeForEventByReferenceId: (reference: string) => range(events.areaOf(reference)),
      _GetRangeOrNullObjectForEventByReferenceId: (reference: string) => range(events.areaOf(reference)),
    },
  };
}

function createObjects(model: SpreadsheetModel, events: WorkbookEvents): WorkbookObjects {
  const objects: WorkbookObjects = {
    model,
    events,
    range: (area) => createRange(objects, area),
    rangeAreas: (areas) => createRangeAreas(objects, areas),
    worksheet: (id) => createWorksheet(objects, id),
    tablesIn: (areas, fullyContained) =>
      createTables(objects, model.activeSheetId, (table) =>
        areas.some((area) => {
          const shared = intersection(area, table.area);
          const { rows, columns } = table.area;
          return shared && (!fullyContained || (shared.rows === rows && shared.columns === columns));
        }),
      ),
    specialCells: (areas, kind, values) => findSpecialCells(model, areas, kind, values),
    clear(areas, what = "All") {
      if (!["All", "Contents", "Formats"].includes(what)) {
        throw new ApiError("InvalidArgument", `Range.Clear("${what}") is not emulated.`);
      }
      for (const area of areas) {
        // Of whole rows and columns, what is in use.
        const inUse = model.usedArea(area.sheetId);
        const used = inUse && intersection(area, inUse);
        if (!used) continue;
        if (what !== "Formats") model.write(used, filled(used, ""));
        if (what !== "Contents") model.setNumberFormat(used, filled(used, "General"));
      }
    },
  };
  return objects;
}

function filled<Value>({ rows, columns }: Area, value: Value): Value[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => value));
}

function createApplication({ model }: WorkbookObjects): ApiObject {
  return {
    type: "Application",
    properties: { CalculationMode: model.calculationMode },
    setters: { CalculationMode: model.setCalculationMode },
    methods: {
      Calculate: (type: string) => {
        if (type === "Recalculate") return model.calculateDirty();
        model.calculate(model.sheets().flatMap(({ id }) => model.usedArea(id) ?? []));
      },
      SuspendApiCalculationUntilNextSync: () => null,
      SuspendScreenUpdatingUntilNextSync: () => null,
    },
  };
}
