/**
 * The add-in's page in its frame, with the emulated Excel behind it.
 *
 * Each load of the page gets a new emulated Excel, as each start of the runtime does; pending calls are made again.
 * @module
 */
import type { FunctionsMetadata } from "../../excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost, type ExcelHostOptions } from "../../excel-host/host.ts";
import type { Win32External } from "../../excel-host/win32-bridge.ts";
import { createAccount } from "./account.ts";
import type { AddinExcel, AddinWindow, WorkbenchWindow } from "./bridge.ts";
import { createDialogWindows } from "./dialogs.ts";

export interface Addin {
  /** The Excel of the loaded page. */
  readonly host: ExcelHost | undefined;
  /**
   * Tells the add-in that its pane is hidden or shown, and while hidden slows its timers as a hidden web view does.
   * The caller shows or hides the pane itself.
   */
  readonly setHidden: (hidden: boolean) => void;
}

export interface AddinOptions extends Omit<ExcelHostOptions, "functions"> {
  readonly functions: FunctionsMetadata;
  readonly frame: HTMLIFrameElement;
  /** Called when the page is loaded and functions can be called. */
  readonly connected: () => void;
}

/** The pages in frames find their Excel here. */
const connections = new WeakMap<Element, (page: AddinWindow) => AddinExcel>();

/** Loads the page. */
export function loadAddin({ frame, connected, ...excel }: AddinOptions): Addin {
  let host: ExcelHost | undefined;
  let page: AddinWindow | undefined;
  let hidden = !(excel.paneVisible ?? false);
  const options: ExcelHostOptions = {
    ...excel,
    // The add-in can show and hide its pane itself.
    onPaneVisibility(visible) {
      hidden = !visible;
      page?.setHidden(hidden);
      excel.onPaneVisibility?.(visible);
    },
  };
  connections.set(frame, (loaded) => {
    host?.close();
    const own: { external?: Win32External } = {};
    host = createExcelHost({
      ...options,
      paneVisible: !hidden,
      dialogs: createDialogWindows(() => own.external),
      ...(loaded.account !== undefined && { account: createAccount(loaded.account) }),
    });
    page = loaded;
    page.setHidden(hidden);
    // After the page's script has called this.
    queueMicrotask(connected);
    const external = host.connect(loaded.post);
    own.external = external;
    return { external, nestedAppAuthBridge: host.nestedAppAuthBridge };
  });
  (window as WorkbenchWindow).connectAddin = (loaded) =>
    loaded.frame ? connections.get(loaded.frame)?.(loaded) : undefined;
  frame.src = "/taskpane.html";
  return {
    get host() {
      return host;
    },
    setHidden(next) {
      hidden = next;
      page?.setHidden(next);
      host?.setPaneVisible(!next);
    },
  };
}
