/**
 * Events of the workbook for add-ins that have registered for them.
 * @module
 */
import { addressOf } from "../../excel/address.ts";
import type { HostBehaviours } from "./behaviours.ts";
import type { RichApiMessage } from "./invocations.ts";
import type { Area, SpreadsheetModel } from "./model.ts";

/** Events by the name in `_Register…Event`, with office.js's number. */
const eventTypes = {
  DataChanged: 10,
  Activated: 11,
  Deactivated: 12,
  Added: 13,
  SelectionChanged: 14,
  Deleted: 15,
};

type EventName = keyof typeof eventTypes;

/** The message category of events. */
export const eventCategory = 65_536;

/** The target of an event registered for all worksheets. */
const allSheets = "Workbook";

export interface WorkbookEvents {
  /** The methods that office.js calls to register and remove, for a worksheet's id or `Workbook`. */
  readonly registration: (target: string) => Readonly<Record<string, () => void>>;
  readonly sheetAdded: (sheetId: string) => void;
  readonly sheetDeleted: (sheetId: string) => void;
  /** The cells of an event, by the reference sent with it. */
  readonly areaOf: (reference: string) => Area;
  close(): void;
}

/**
 * @param send sends messages to the page
 * @param isAddin whether the add-in is the one that changes something now
 * @param selectionChanged called at every new selection: an older event that is registered in another way
 */
export function createWorkbookEvents(
  model: SpreadsheetModel,
  send: (messages: readonly RichApiMessage[]) => void,
  behaviours: Pick<HostBehaviours, "selectionEvents">,
  isAddin: () => boolean,
  selectionChanged: () => void,
): WorkbookEvents {
  const registered = new Set<string>();
  let activeSheetId = model.activeSheetId();

  function fire(name: EventName, sheetId: string, details: object = {}): void {
    const json = JSON.stringify({ worksheetId: sheetId, source: "Local", ...details });
    const messages = [allSheets, sheetId]
      .filter((target) => registered.has(`${name} ${target}`))
      .map((target): RichApiMessage => [eventCategory, eventTypes[name], target, json]);
    if (messages.length > 0) send(messages);
  }

  const addressOfArea = (area: Area) => addressOf(area, model.sizeOf(area.sheetId));

  const stopSelection = model.onSelectionChanged((area) => {
    if (behaviours.selectionEvents === "missing") return;
    if (area.sheetId !== activeSheetId) {
      fire("Deactivated", activeSheetId);
      fire("Activated", area.sheetId);
      activeSheetId = area.sheetId;
    }
    fire("SelectionChanged", area.sheetId, { address: addressOfArea(area) });
    selectionChanged();
  });
  const stopContent = model.onContentChanged((area) =>
    fire("DataChanged", area.sheetId, {
      address: addressOfArea(area),
      changeType: "RangeEdited",
      shiftDirection: "None",
      triggerSource: isAddin() ? "ThisLocalAddin" : "Unknown",
      referenceId: JSON.stringify(area),
    }),
  );

  return {
    registration: (target) =>
      Object.fromEntries(
        Object.keys(eventTypes).flatMap((name) => [
          [`_Register${name}Event`, () => void registered.add(`${name} ${target}`)],
          [`_Unregister${name}Event`, () => void registered.delete(`${name} ${target}`)],
        ]),
      ),
    sheetAdded: (sheetId) => fire("Added", sheetId),
    sheetDeleted: (sheetId) => fire("Deleted", sheetId),
    areaOf: (reference) => JSON.parse(reference) as Area,
    close() {
      stopSelection();
      stopContent();
    },
  };
}
