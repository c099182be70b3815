/**
 * The script that the development server inserts before office.js: it gets the emulated Excel from the workbench
 * around the pane's frame. Outside the workbench it does nothing, and office.js finds a plain browser.
 * @module
 */
import type { Win32External } from "../../excel-host/win32-bridge.ts";
import { installHiddenTimers, installVisibility } from "./hidden-timers.ts";

/** What the page in the frame offers to the workbench. */
export interface AddinWindow {
  /** The frame that contains the page. */
  readonly frame: Element | null;
  /** Slows the page's timers and reports it as hidden, or the reverse. */
  readonly setHidden: (hidden: boolean) => void;
  /** Runs a task in the page later, without the delay of slowed timers. */
  readonly post: (task: () => void) => void;
}

/** What the workbench's page offers to the add-in's page in its frame. */
export interface WorkbenchWindow {
  connectAddin?: (page: AddinWindow) => Win32External | undefined;
}

const outer = window.parent as Window & WorkbenchWindow;

if (outer !== window && outer.connectAddin) {
  const timers = installHiddenTimers(window);
  const setHidden = installVisibility(document);
  const external = outer.connectAddin({
    frame: window.frameElement,
    setHidden(hidden) {
      timers.setHidden(hidden);
      setHidden(hidden);
    },
    post: (task) => void timers.setTimeout(task, 0),
  });
  if (external) Object.defineProperty(window, "external", { value: external });
}
