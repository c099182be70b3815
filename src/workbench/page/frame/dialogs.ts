/**
 * The add-in's dialogs as windows of the browser.
 * @module
 */
import type { DialogWindows } from "../../excel-host/dialogs.ts";
import { dialogExternal, type Win32External } from "../../excel-host/win32-bridge.ts";
import type { DialogOpener } from "./bridge.ts";

/** Milliseconds between two looks whether the person has closed it: a window does not say so. */
const lookEvery = 300;

/** @param external the Excel of the add-in's page */
export function createDialogWindows(external: () => Win32External | undefined): DialogWindows {
  return {
    open(url, received, closed) {
      const dialog = window.open(url, "kal-dialog", "popup,width=480,height=560");
      const excel = external();
      if (!dialog || !excel) return undefined;
      (window as DialogOpener).connectDialog = () => dialogExternal(excel, received);
      const timer = setInterval(() => {
        if (!dialog.closed) return;
        clearInterval(timer);
        closed();
      }, lookEvery);
      return () => {
        clearInterval(timer);
        dialog.close();
      };
    },
  };
}
