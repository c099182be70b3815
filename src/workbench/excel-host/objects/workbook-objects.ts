/**
 * What the objects behind `Excel.run` know of each other.
 * @module
 */
import type { ApiObject } from "../api-object.ts";
import type { HostBehaviours } from "../behaviours.ts";
import type { WorkbookEvents } from "../events.ts";
import type { Area, SpreadsheetModel } from "../model.ts";

/** How the objects make each other, and what several of them do. */
export interface WorkbookObjects {
  readonly model: SpreadsheetModel;
  readonly events: WorkbookEvents;
  readonly behaviours: HostBehaviours;
  /** @throws ApiError where another workbook is in front: Excel then has no active cell to tell */
  readonly refuseBehind: () => void;
  /** @throws ApiError AccessDenied on a protected sheet */
  readonly refuseProtected: (sheetId: string) => void;
  readonly markDirty: (areas: readonly Area[]) => void;
  readonly range: (area: Area) => ApiObject;
  readonly rangeAreas: (areas: readonly Area[]) => ApiObject | undefined;
  readonly worksheet: (id: string) => ApiObject;
  readonly tablesIn: (areas: readonly Area[], fullyContained: boolean) => ApiObject;
  readonly specialCells: (areas: readonly Area[], kind: string, values?: string) => Area[];
  /** @param what one of `Excel.ClearApplyTo`, all where left out */
  readonly clear: (areas: readonly Area[], what?: string) => void;
}
