/**
 * What the two ways to a page have in common: Excel's own on Windows, and the messages of Excel on the web.
 * @module
 */
import { ribbonCommandEvent } from "./commands.ts";
import type { RequirementSets } from "./requirement-sets.ts";
import type { Workbook } from "./workbook.ts";

export interface Bridge {
  /** Calls the page's handlers of an event, where there are any. */
  raise(eventId: number, payload: readonly unknown[]): void;
}

export interface BridgeOptions {
  readonly workbook: Workbook;
  readonly requirementSets: RequirementSets;
  readonly isDark: boolean | undefined;
  readonly isPaneVisible: () => boolean;
  /** Answers a RichApi request, JSON text to JSON text. */
  readonly processQuery: (body: string) => string;
  /** Told when the page begins to listen to an event. */
  readonly listening: (eventId: number) => void;
  /** The function of a ribbon button has finished. @param status 0 is success */
  readonly commandCompleted: (commandId: string, status: number) => void;
}

/** The event that carries every message of the RichApi. */
export const richApiMessageEvent = 33;

/** `workbook.onSelectionChanged`, which is older than the RichApi. */
export const selectionChangedEvent = 2;

/** A page that asks for another event is refused. */
export const knownEvents: readonly number[] = [
  richApiMessageEvent,
  ribbonCommandEvent,
  selectionChangedEvent,
];

/** What a page asks of its host, as office.js numbers it; settings go another way on Windows. */
export const method = { loadSettings: 75, saveSettings: 76, richApi: 93, commandCompleted: 94 };

/** Whatever is asked and not here fails with this. */
export const operationNotSupported = 5000;

/** Stands in front of every answer of the RichApi. */
export const httpOk = 200;

/** How a runtime starts, as office.js numbers it. */
export const displayMode = { hidden: 1, taskPane: 2 };
