/**
 * The emulated Excel: everything that a page with the real office.js needs from its host.
 *
 * Free of Node and of the browser: whoever opens the page connects it.
 * @module
 */
import { type ApiObject, createWorkbookObject } from "./excel-objects.ts";
import type { FunctionsMetadata } from "./functions-metadata.ts";
import type { FunctionCall, Invocation, RichApiMessage } from "./invocations.ts";
import { createInvocations } from "./invocations.ts";
import type { SpreadsheetModel } from "./model.ts";
import type { RequirementSets } from "./requirement-sets.ts";
import { isSetClaimed, microsoft365 } from "./requirement-sets.ts";
import { processQuery } from "./rich-api.ts";
import { createServices } from "./services.ts";
import type { Win32Bridge, Win32External } from "./win32-bridge.ts";
import { createWin32Bridge, richApiMessageEvent } from "./win32-bridge.ts";
import type { Workbook } from "./workbook.ts";
import { createMemoryWorkbook } from "./workbook.ts";

export interface ExcelHostOptions {
  /** The add-in's functions.json. */
  readonly functions: FunctionsMetadata;
  readonly workbook?: Workbook;
  /** The sheets behind `Excel.run`; without them it fails with a name. */
  readonly spreadsheet?: SpreadsheetModel;
  /** Excel's own colours. */
  readonly isDark?: boolean;
  /** Told when the add-in shows or hides its pane. */
  readonly onPaneVisibility?: (visible: boolean) => void;
  /** What this Excel claims to support; a current Microsoft 365 where left out. */
  readonly requirementSets?: RequirementSets;
  /**
   * Numbers of office.js's features that Excel has switched on. 2 lets it send results every 200 ms instead of
   * every 500 ms, 4 caps the wait at 2 s; an Excel without them is [].
   */
  readonly enabledFeatures?: readonly number[];
  /** Whether the runtime starts with its task pane open; a runtime that a formula starts has none. */
  readonly paneVisible?: boolean;
  /** Sees every request of the page as JSON text, for measuring. */
  readonly onRequest?: (body: string) => void;
}

export interface ExcelHost {
  /**
   * Connects the page, before office.js runs in it.
   * @param post runs a task in the page, later and not slowed as its timers may be: Excel calls from outside
   * @returns what the page must find as `window.external`
   */
  connect(post: (task: () => void) => void): Win32External;
  /** Resolves when office.js reports that custom functions may be called. */
  readonly ready: Promise<void>;
  invoke(call: FunctionCall): Invocation;
  /** Calls them all with one message, as Excel does for a block of cells. Calls wait until the page is ready. */
  invokeAll(calls: readonly FunctionCall[]): Invocation[];
  /** As when the formula is edited: the function's onCanceled runs, its answer is not looked at. */
  cancel(id: number): void;
  readonly paneVisible: boolean;
  setPaneVisible(visible: boolean): void;
  /** The page is gone: whatever still waits fails. */
  close(): void;
}

/** The messages that are events of the RichApi, and the one that tells of a shown or hidden pane. */
const eventCategory = 65_536;
const visibilityChanged = 65_539;

export function createExcelHost(options: ExcelHostOptions): ExcelHost {
  const requirementSets = options.requirementSets ?? microsoft365;
  let paneVisible = options.paneVisible ?? false;
  let becomeReady!: () => void;
  let failReady!: (reason: Error) => void;
  const ready = new Promise<void>((resolve, reject) => {
    becomeReady = resolve;
    failReady = reject;
  });
  // A page may be closed before it is ready without anybody waiting for it.
  ready.catch(() => undefined);

  let bridge: Win32Bridge | undefined;
  const send = (messages: readonly RichApiMessage[]) =>
    void ready.then(
      () => bridge?.raise(richApiMessageEvent, messages),
      () => undefined,
    );
  const invocations = createInvocations(
    options.functions,
    isSetClaimed(requirementSets, "customfunctionsruntime", "1.4"),
    send,
  );
  const setPaneVisible = (visible: boolean) => {
    if (visible === paneVisible) return;
    paneVisible = visible;
    options.onPaneVisibility?.(visible);
    const event = JSON.stringify({ visibility: visible ? "Visible" : "Hidden" });
    send([[eventCategory, visibilityChanged, "", event]]);
  };
  const services = createServices({
    customFunctionsReady: becomeReady,
    enabledFeatures: options.enabledFeatures ?? [2, 4],
    resultArrived: invocations.settle,
    isPaneVisible: () => paneVisible,
    setPaneVisible,
  });

  const api = {
    services,
    workbook: options.spreadsheet && createWorkbookObject(options.spreadsheet),
    kept: new Map<string, ApiObject>(),
  };

  return {
    connect(post) {
      bridge = createWin32Bridge({
        workbook: options.workbook ?? createMemoryWorkbook(),
        requirementSets,
        isDark: options.isDark ?? false,
        isPaneVisible: () => paneVisible,
        processQuery: (body) => {
          options.onRequest?.(body);
          return processQuery(body, api);
        },
        post,
      });
      return bridge.external;
    },
    ready,
    invoke: (call) => invocations.start([call])[0]!,
    invokeAll: invocations.start,
    cancel: invocations.cancel,
    get paneVisible() {
      return paneVisible;
    },
    setPaneVisible,
    close() {
      failReady(new Error("The add-in's page was closed."));
      invocations.close();
    },
  };
}
