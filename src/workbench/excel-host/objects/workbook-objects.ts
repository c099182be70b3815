/**
 * The shared context of the objects behind `Excel.run`.
 * @module
 */
import type { ApiObject } from "../api-object.ts";
import type { HostBehaviours } from "../behaviours.ts";
import type { WorkbookEvents } from "../events.ts";
import type { Area, SpreadsheetModel } from "../model.ts";

/** Creates the objects, and does what several of them need. */
export interface WorkbookObjects {
  readonly model: SpreadsheetModel;
  readonly events: WorkbookEvents;
  readonly behaviours: HostBehaviours;
  /** @throws ApiError if another workbook is in front: then Excel reports no active cell */
  readonly refuseBehind: () => void;
  /** @throws ApiError AccessDenied on a protected sheet */
  readonly refuseProtected: (sheetId: string) => void;
  readonly markDirty: (areas: readonly Area[]) => void;
  readonly range: (area: Area) => ApiObject;
  readonly rangeAreas: (areas: readonly Area[]) => ApiObject | undefined;
  readonly worksheet: (id: string) => ApiObject;
  readonly tablesIn: (areas: readonly Area[], fullyContained: boolean) => ApiObject;
  readonly specialCells: (areas: readonly Area[], kind: string, values?: string) => Area[];
  /** @param what one of `Excel.ClearApplyTo`; default: all */
  readonly clear: (areas: readonly Area[], what?: string) => void;
}
