/**
 * The one script that the development server puts before office.js: it asks the workbench around the pane's frame
 * for Excel. Outside the workbench it does nothing, and office.js finds a plain browser.
 * @module
 */
import type { Win32External } from "../../excel-host/win32-bridge.ts";

/** What the workbench's page offers to the add-in's page in its frame. */
export interface WorkbenchWindow {
  connectAddin?: (frame: Window) => Win32External;
}

const outer = window.parent as Window & WorkbenchWindow;

if (outer !== window && outer.connectAddin) {
  Object.defineProperty(window, "external", { value: outer.connectAddin(window) });
}
