/**
 * The script that the development server inserts before office.js: it gets the emulated Excel from the workbench
 * around the pane's frame. Outside the workbench it does nothing, and office.js finds a plain browser.
 * @module
 */
import type { NestedAppAuthBridge } from "../../excel-host/nested-app-auth.ts";
import type { Win32External } from "../../excel-host/win32-bridge.ts";
import { installHiddenTimers, installVisibility } from "./hidden-timers.ts";

/** What the page in the frame offers to the workbench. */
export interface AddinWindow {
  /** The frame that contains the page. */
  readonly frame: Element | null;
  /** Slows the page's timers and reports it as hidden, or the reverse. */
  readonly setHidden: (hidden: boolean) => void;
  /** Where the tokens of Excel's own account come from; undefined: it gives none to add-ins. */
  readonly account: string | undefined;
  /** Runs a task in the page later, without the delay of slowed timers. */
  readonly post: (task: () => void) => void;
}

/** What the workbench's page offers to the add-in's page in its frame. */
export interface WorkbenchWindow {
  connectAddin?: (page: AddinWindow) => AddinExcel | undefined;
}

/** What the page finds of Excel. */
export interface AddinExcel {
  readonly external: Win32External;
  readonly nestedAppAuthBridge: NestedAppAuthBridge | undefined;
}

/** What the workbench's page offers to a dialog that it has opened. */
export type DialogOpener = Window & { connectDialog?: () => Win32External };

const outer = window.parent as Window & WorkbenchWindow;

if (outer !== window && outer.connectAddin) {
  const timers = installHiddenTimers(window);
  const setHidden = installVisibility(document);
  const excel = outer.connectAddin({
    account: document.currentScript?.dataset["account"],
    frame: window.frameElement,
    setHidden(hidden) {
      timers.setHidden(hidden);
      setHidden(hidden);
    },
    post: (task) => void timers.setTimeout(task, 0),
  });
  if (excel) {
    Object.defineProperty(window, "external", { value: excel.external });
    if (excel.nestedAppAuthBridge) Object.assign(window, { nestedAppAuthBridge: excel.nestedAppAuthBridge });
  }
} else {
  const external = (window.opener as DialogOpener | null)?.connectDialog?.();
  if (external) Object.defineProperty(window, "external", { value: external });
}
