/**
 * The emulated Excel: everything that a page with the real office.js needs from its host.
 *
 * Free of Node and of the browser: whoever opens the page connects it.
 * @module
 */
import type { ApiObject } from "./api-object.ts";
import { behavioursWith, type HostBehaviours } from "./behaviours.ts";
import { type Bridge, richApiMessageEvent, selectionChangedEvent } from "./bridge.ts";
import { createCommands, ribbonCommandEvent } from "./commands.ts";
import { createWorkbookEvents, eventCategory } from "./events.ts";
import type { FunctionsMetadata } from "./functions-metadata.ts";
import type { FunctionCall, Invocation, RichApiMessage } from "./invocations.ts";
import { createInvocations } from "./invocations.ts";
import { createMemorySpreadsheet } from "./memory-spreadsheet.ts";
import type { SpreadsheetModel } from "./model.ts";
import { createWorkbookObject } from "./objects/workbook.ts";
import type { RequirementSets } from "./requirement-sets.ts";
import { isSetClaimed, microsoft365 } from "./requirement-sets.ts";
import { processQuery } from "./rich-api.ts";
import { createServices, type RibbonEffects } from "./services.ts";
import { createWebBridge, type WebBridge } from "./web-bridge.ts";
import { createWin32Bridge, type Win32External } from "./win32-bridge.ts";
import type { Workbook } from "./workbook.ts";
import { createMemoryWorkbook } from "./workbook.ts";

export interface ExcelHostOptions {
  /** The add-in's functions.json. */
  readonly functions: FunctionsMetadata;
  readonly workbook?: Workbook;
  /** The sheets behind `Excel.run`; empty ones in memory where left out. */
  readonly spreadsheet?: SpreadsheetModel;
  /** Excel's own colours; not told where left out, as Excel on the web may do. */
  readonly isDark?: boolean | undefined;
  /** Told when the add-in shows or hides its pane. */
  readonly onPaneVisibility?: (visible: boolean) => void;
  /** Told when the add-in enables a button of the ribbon or shows a tab. */
  readonly ribbon?: RibbonEffects;
  /** What this Excel claims to support; a current Microsoft 365 where left out. */
  readonly requirementSets?: RequirementSets;
  /**
   * Numbers of office.js's features that Excel has switched on. 2 lets it send results every 200 ms instead of
   * every 500 ms, 4 caps the wait at 2 s; an Excel without them is [].
   */
  readonly enabledFeatures?: readonly number[];
  /** Whether the runtime starts with its task pane open; a runtime that a formula starts has none. */
  readonly paneVisible?: boolean;
  /** What this Excel does otherwise than most; it may be changed while the workbook is open. */
  readonly behaviours?: HostBehaviours;
  /** Runs a task of Excel's own after some ms; a timer where left out. */
  readonly later?: (task: () => void, ms: number) => void;
  /** Sees every request of the page as JSON text, for measuring. */
  readonly onRequest?: (body: string) => void;
}

export interface ExcelHost {
  readonly behaviours: HostBehaviours;
  /**
   * Connects the page, before office.js runs in it.
   * @param post runs a task in the page, later and not slowed as its timers may be: Excel calls from outside
   * @returns what the page must find as `window.external`
   */
  connect(post: (task: () => void) => void): Win32External;
  /**
   * Connects a page in a frame as Excel on the web does, before the frame is put into the page around it.
   * @param origin of the page around, https
   * @param post sends a message into the frame
   */
  connectWeb(origin: string, post: (message: string) => void): WebBridge;
  /** Resolves when office.js reports that custom functions may be called. */
  readonly ready: Promise<void>;
  invoke(call: FunctionCall): Invocation;
  /** Calls them all with one message, as Excel does for a block of cells. Calls wait until the page is ready. */
  invokeAll(calls: readonly FunctionCall[]): Invocation[];
  /** As when the formula is edited: the function's onCanceled runs, its answer is not looked at. */
  cancel(id: number): void;
  /**
   * Presses a ribbon button whose action is `ExecuteFunction`, as soon as the add-in has loaded.
   * @returns resolves when the function calls `event.completed()`; rejected when the add-in has none of that name
   */
  runCommand(functionName: string, controlId: string): Promise<void>;
  /**
   * Runs an action that is associated with `Office.actions.associate`, as a keyboard shortcut does: nothing happens
   * while the pane has the keyboard.
   */
  runAction(actionId: string): void;
  /** Gives the keyboard back to the grid. */
  clickGrid(): void;
  readonly paneVisible: boolean;
  setPaneVisible(visible: boolean): void;
  /** The page is gone: whatever still waits fails. */
  close(): void;
}

/** The event that tells of a shown or hidden pane. */
const visibilityChanged = 65_539;

export function createExcelHost(options: ExcelHostOptions): ExcelHost {
  const requirementSets = options.requirementSets ?? microsoft365;
  let paneVisible = options.paneVisible ?? false;
  let keyboardInPane = false;
  let becomeReady!: () => void;
  let failReady!: (reason: Error) => void;
  const ready = new Promise<void>((resolve, reject) => {
    becomeReady = resolve;
    failReady = reject;
  });
  // A page may be closed before it is ready without anybody waiting for it.
  ready.catch(() => undefined);

  const workbook = options.workbook ?? createMemoryWorkbook();
  const spreadsheet = options.spreadsheet ?? createMemorySpreadsheet();
  let bridge: Bridge | undefined;
  const send = (messages: readonly RichApiMessage[]) =>
    void ready.then(
      () => bridge?.raise(richApiMessageEvent, messages),
      () => undefined,
    );
  const behaviours = options.behaviours ?? behavioursWith();
  const invocations = createInvocations({
    metadata: options.functions,
    behaviours,
    dataTypes: isSetClaimed(requirementSets, "customfunctionsruntime", "1.4"),
    send,
    later: options.later ?? ((task, ms) => void setTimeout(task, ms)),
  });
  if (behaviours.opening === "calculatesAll")
    void ready.then(
      () => calculateAll(spreadsheet),
      () => undefined,
    );
  const setPaneVisible = (visible: boolean) => {
    if (visible === paneVisible) return;
    paneVisible = visible;
    keyboardInPane = visible && behaviours.showingPane === "takesKeyboard";
    options.onPaneVisibility?.(visible);
    const event = JSON.stringify({ visibility: visible ? "Visible" : "Hidden" });
    send([[eventCategory, visibilityChanged, "", event]]);
  };
  const raise: Bridge["raise"] = (eventId, payload) => bridge?.raise(eventId, payload);
  const commands = createCommands(raise, send, behaviours);
  const events = createWorkbookEvents(spreadsheet, send, behaviours, () => raise(selectionChangedEvent, []));
  const services = createServices({
    customFunctionsReady: becomeReady,
    actionsReady: commands.actionsReady,
    enabledFeatures: options.enabledFeatures ?? [2, 4],
    resultArrived: invocations.settle,
    isPaneVisible: () => paneVisible,
    setPaneVisible: (visible) => {
      if (!visible || behaviours.showingPane !== "ignored") setPaneVisible(visible);
    },
    workbook,
    ribbon: options.ribbon ?? { setEnabled: () => undefined, setVisible: () => undefined },
  });

  // Whether `workbook.settings` clears undo as `document.settings` does is not known.
  const document: Workbook = {
    ...workbook,
    writeSettings(settings) {
      workbook.writeSettings(settings);
      if (behaviours.undo === "clearedBySettings") spreadsheet.clearUndo?.();
    },
  };
  const api = {
    services,
    workbook: createWorkbookObject(document, spreadsheet, events, behaviours),
    kept: new Map<string, ApiObject>(),
  };
  // Ranges that an add-in holds follow their cells (ref: Office.TrackedObjects).
  const endFollowing = spreadsheet.onRowsInserted?.((moved) => {
    for (const [reference, { area, movedTo }] of api.kept) {
      if (area && movedTo) api.kept.set(reference, movedTo(moved(area)));
    }
  });
  const bridgeOptions = {
    workbook: document,
    requirementSets,
    isDark: options.isDark,
    isPaneVisible: () => paneVisible,
    processQuery: (body: string) => {
      options.onRequest?.(body);
      return processQuery(body, api);
    },
    listening: (eventId: number) => {
      if (eventId === ribbonCommandEvent) commands.listening();
    },
    commandCompleted: commands.completed,
  };

  return {
    behaviours,
    connect(post) {
      const win32 = createWin32Bridge({ ...bridgeOptions, post });
      bridge = win32;
      return win32.external;
    },
    connectWeb(origin, post) {
      const web = createWebBridge({ ...bridgeOptions, origin, post });
      bridge = web;
      return web;
    },
    ready,
    invoke: invocations.start,
    invokeAll: invocations.startAll,
    cancel: invocations.cancel,
    runCommand: commands.run,
    runAction(actionId) {
      if (!keyboardInPane) commands.runAction(actionId);
    },
    clickGrid() {
      keyboardInPane = false;
    },
    get paneVisible() {
      return paneVisible;
    },
    setPaneVisible,
    close() {
      failReady(new Error("The add-in's page was closed."));
      invocations.close();
      commands.close();
      events.close();
      endFollowing?.();
    },
  };
}

function calculateAll(spreadsheet: SpreadsheetModel): void {
  spreadsheet.calculate(spreadsheet.sheets().flatMap(({ id }) => spreadsheet.usedArea(id) ?? []));
}
