/**
 * Shared by the two connections to a page: the bridge of Excel on Windows, and the messages of Excel on the web.
 * @module
 */
import { ribbonCommandEvent } from "./commands.ts";
import type { RequirementSets } from "./requirement-sets.ts";
import type { Workbook } from "./workbook.ts";

export interface Bridge {
  /** Calls the page's handlers of an event, if any. */
  raise(eventId: number, payload: readonly unknown[]): void;
}

export interface BridgeOptions {
  readonly workbook: Workbook;
  readonly requirementSets: RequirementSets;
  readonly isDark: boolean | undefined;
  readonly isPaneVisible: () => boolean;
  /** Answers a RichApi request, JSON text to JSON text. */
  readonly processQuery: (body: string) => string;
  /** Called when the page starts to listen to an event. */
  readonly listening: (eventId: number) => void;
  /** Called when the function of a ribbon button has finished. @param status 0 is success */
  readonly commandCompleted: (commandId: string, status: number) => void;
}

/** The event that carries all RichApi messages. */
export const richApiMessageEvent = 33;

/** `workbook.onSelectionChanged`, which is older than the RichApi. */
export const selectionChangedEvent = 2;

/** Registration for any other event is refused. */
export const knownEvents: readonly number[] = [
  richApiMessageEvent,
  ribbonCommandEvent,
  selectionChangedEvent,
];

/** Methods that a page can call, by office.js's numbers. On Windows, settings use other calls. */
export const method = { loadSettings: 75, saveSettings: 76, richApi: 93, commandCompleted: 94 };

/** Error code for any method that is not emulated. */
export const operationNotSupported = 5000;

/** Precedes every answer of the RichApi. */
export const httpOk = 200;

/** How a runtime starts, by office.js's numbers. */
export const displayMode = { hidden: 1, taskPane: 2 };
