/**
 * The emulated Excel: everything that a page with the real office.js needs from its host.
 *
 * Uses neither Node nor the browser; the code that opens the page connects it.
 * @module
 */
import type { ApiObject } from "./api-object.ts";
import { behavioursWith, type HostBehaviours } from "./behaviours.ts";
import { type Bridge, richApiMessageEvent, selectionChangedEvent } from "./bridge.ts";
import { createCommands, ribbonCommandEvent } from "./commands.ts";
import type { DialogWindows } from "./dialogs.ts";
import { createWorkbookEvents, eventCategory } from "./events.ts";
import type { FunctionsMetadata } from "./functions-metadata.ts";
import type { FunctionCall, Invocation, RichApiMessage } from "./invocations.ts";
import { createInvocations } from "./invocations.ts";
import { createMemorySpreadsheet } from "./memory-spreadsheet.ts";
import type { SpreadsheetModel } from "./model.ts";
import { createNestedAppAuthBridge, type HostAccount, type NestedAppAuthBridge } from "./nested-app-auth.ts";
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
  /** The spreadsheet behind `Excel.run`; default: an empty one in memory. */
  readonly spreadsheet?: SpreadsheetModel;
  /** Excel's theme; undefined: not reported, as in Excel on the web. */
  readonly isDark?: boolean | undefined;
  /** Called when the add-in shows or hides its pane. */
  readonly onPaneVisibility?: (visible: boolean) => void;
  /** Called when the add-in enables a ribbon button or shows a tab. */
  readonly ribbon?: RibbonEffects;
  /** The requirement sets that this Excel claims; default: a current Microsoft 365. */
  readonly requirementSets?: RequirementSets;
  /**
   * Numbers of the office.js features that Excel has enabled. 2 lets office.js send results every 200 ms instead of
   * every 500 ms, 4 limits the delay to 2 s; an Excel without them has [].
   */
  readonly enabledFeatures?: readonly number[];
  /** Whether the runtime starts with its task pane open; a runtime started by a formula has none. */
  readonly paneVisible?: boolean;
  /** Behaviours that differ from the default; they may be changed while the workbook is open. */
  readonly behaviours?: HostBehaviours;
  /** Runs a task of Excel itself after some milliseconds; default: a timer. */
  readonly later?: (task: () => void, ms: number) => void;
  /** Opens the add-in's dialogs, where this Excel has them. */
  readonly dialogs?: DialogWindows | undefined;
  /** The account that people are signed in to Excel with, where this Excel gives its tokens to add-ins. */
  readonly account?: HostAccount | undefined;
  /** Called with every request of the page as JSON text, for measuring. */
  readonly onRequest?: (body: string) => void;
}

export interface ExcelHost {
  readonly behaviours: HostBehaviours;
  /**
   * Connects the page, before office.js runs in it.
   * @param post runs a task in the page later, without the delay of its timers: Excel calls from outside
   * @returns the page's `window.external`
   */
  connect(post: (task: () => void) => void): Win32External;
  /**
   * Connects a page in a frame as Excel on the web does, before the frame is added to its parent page.
   * @param origin of the parent page, https
   * @param post sends a message into the frame
   */
  connectWeb(origin: string, post: (message: string) => void): WebBridge;
  /** What the page must find as `window.nestedAppAuthBridge`. */
  readonly nestedAppAuthBridge: NestedAppAuthBridge | undefined;
  /** Resolves when office.js reports that custom functions may be called. */
  readonly ready: Promise<void>;
  invoke(call: FunctionCall): Invocation;
  /** Calls all functions with one message, as Excel does for a block of cells. Calls wait until the page is ready. */
  invokeAll(calls: readonly FunctionCall[]): Invocation[];
  /** Cancels a call, as editing the formula does: the function's onCanceled runs and its answer is ignored. */
  cancel(id: number): void;
  /**
   * Presses a ribbon button whose action is `ExecuteFunction`, as soon as the add-in has loaded.
   * @returns resolves when the function calls `event.completed()`; rejects if the add-in has no function with this
   * name
   */
  runCommand(functionName: string, controlId: string): Promise<void>;
  /**
   * Runs an action associated with `Office.actions.associate`, as a keyboard shortcut does. Does nothing while the
   * pane has the keyboard focus.
   */
  runAction(actionId: string): void;
  /** Returns the keyboard focus to the grid. */
  clickGrid(): void;
  readonly paneVisible: boolean;
  setPaneVisible(visible: boolean): void;
  /** Ends the page: pending calls fail. */
  close(): void;
}

/** The event for showing or hiding the pane. */
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
  // Prevents an unhandled rejection: a page may be closed before it is ready.
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
  let isAddin = false;
  const events = createWorkbookEvents(
    spreadsheet,
    send,
    behaviours,
    () => isAddin,
    () => raise(selectionChangedEvent, []),
  );
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

  // It is unknown whether `workbook.settings` clears undo as `document.settings` does.
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
  // Ranges kept by an add-in move with their cells (ref: Office.TrackedObjects).
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
      const answer = () => processQuery(body, api);
      isAddin = true;
      try {
        return spreadsheet.runForAddin?.(answer) ?? answer();
      } finally {
        isAddin = false;
      }
    },
    listening: (eventId: number) => {
      if (eventId === ribbonCommandEvent) commands.listening();
    },
    commandCompleted: commands.completed,
  };

  return {
    behaviours,
    nestedAppAuthBridge: options.account && createNestedAppAuthBridge(options.account),
    connect(post) {
      const win32 = createWin32Bridge({ ...bridgeOptions, post, dialogs: options.dialogs });
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
