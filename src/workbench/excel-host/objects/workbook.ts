/**
 * The emulated objects behind `Excel.run`, starting with the workbook.
 *
 * Names are those on the wire. A missing member fails with its name.
 * @module
 */
import { ApiError, type ApiObject } from "../api-object.ts";
import { intersection } from "../areas.ts";
import type { HostBehaviours } from "../behaviours.ts";
import type { WorkbookEvents } from "../events.ts";
import type { Area, SpreadsheetModel } from "../model.ts";
import type { Workbook } from "../workbook.ts";
import { daysTo1904 } from "../typed-content.ts";
import { createNames } from "./names.ts";
import { createRangeAreas, findSpecialCells } from "./range-areas.ts";
import { createRange } from "./range.ts";
import { createSettings } from "./settings.ts";
import { createTables } from "./tables.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";
import { createWorksheet, createWorksheets } from "./worksheets.ts";

export function createWorkbookObject(
  workbook: Workbook,
  model: SpreadsheetModel,
  events: WorkbookEvents,
  behaviours: HostBehaviours,
): ApiObject {
  const objects = createObjects(model, events, behaviours);
  const { range, refuseBehind } = objects;
  const selected = () => {
    refuseBehind();
    return model.selection();
  };
  /** Without a window Excel refuses all of these. */
  const seen = <Way extends (...values: never[]) => unknown>(ways: Readonly<Record<string, Way>>) =>
    Object.fromEntries(
      Object.entries(ways).map(([name, way]) => [
        name,
        ((...values: never[]) => {
          if (behaviours.window === "hidden")
            throw new ApiError("GeneralException", "The workbook is hidden.");
          return way(...values);
        }) as Way,
      ]),
    );
  return {
    type: "Workbook",
    properties: { Name: () => workbook.url },
    objects: seen({
      Settings: () => createSettings(workbook),
      Application: () => createApplication(objects),
      Functions: () => createFunctions(behaviours),
      Names: () => createNames(objects, undefined),
      Tables: () => createTables(objects, model.activeSheetId, () => true),
      Worksheets: () => createWorksheets(objects),
    }),
    methods: seen({
      GetActiveCell: () => range({ ...selected(), rows: 1, columns: 1 }),
      GetSelectedRange: () => range(selected()),
      // Multiple selections are not emulated: the last area is the selection.
      GetSelectedRanges: () => objects.rangeAreas([selected()]),
      _GetRangeForEventByReferenceId: (reference: string) => range(events.areaOf(reference)),
      _GetRangeOrNullObjectForEventByReferenceId: (reference: string) => range(events.areaOf(reference)),
    }),
  };
}

function createObjects(
  model: SpreadsheetModel,
  events: WorkbookEvents,
  behaviours: HostBehaviours,
): WorkbookObjects {
  const isProtected = (sheetId: string) => model.isProtected?.(sheetId) ?? false;
  const objects: WorkbookObjects = {
    model,
    events,
    behaviours,
    refuseBehind() {
      if (behaviours.window !== "front")
        throw new ApiError("GeneralException", "The workbook is not in front.");
    },
    refuseProtected(sheetId) {
      if (isProtected(sheetId)) throw new ApiError("AccessDenied", "The sheet is protected.");
    },
    markDirty(areas) {
      if (behaviours.protectedSheets === "notCalculated")
        for (const { sheetId } of areas) objects.refuseProtected(sheetId);
      model.markDirty(areas);
    },
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
    specialCells(areas, kind, values) {
      if (behaviours.protectedSheets !== "searched")
        for (const { sheetId } of areas) objects.refuseProtected(sheetId);
      return findSpecialCells(model, areas, kind, values);
    },
    clear(areas, what = "All") {
      if (!["All", "Contents", "Formats"].includes(what)) {
        throw new ApiError("InvalidArgument", `Range.Clear("${what}") is not emulated.`);
      }
      for (const area of areas) {
        objects.refuseProtected(area.sheetId);
        // For whole rows and columns, only the used part.
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

const serialOf = (year: number, month: number, day: number) =>
  (Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000;

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

/** The worksheet functions that add-ins can call, as far as their result depends on the workbook. */
function createFunctions({ dateSystem }: HostBehaviours): ApiObject {
  return {
    type: "Functions",
    methods: {
      Date: (year: number, month: number, day: number) => ({
        type: "FunctionResult",
        properties: {
          Value: () => serialOf(year, month, day) - (dateSystem === "1904" ? daysTo1904 : 0),
          Error: () => null,
        },
      }),
    },
  };
}
