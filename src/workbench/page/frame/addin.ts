/**
 * The add-in's page in its frame, and the emulated Excel behind it.
 *
 * Each load of the page gets an Excel of its own, as each start of the runtime does; what was under way is asked
 * again.
 * @module
 */
import type { FunctionsMetadata } from "../../excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost, type ExcelHostOptions } from "../../excel-host/host.ts";
import type { Win32External } from "../../excel-host/win32-bridge.ts";
import type { AddinWindow, WorkbenchWindow } from "./bridge.ts";

export interface Addin {
  /** The Excel that the loaded page speaks to. */
  readonly host: ExcelHost | undefined;
  /**
   * Hides or shows the pane for the add-in: it is told, and while hidden its timers run as in a hidden web view.
   * What is seen of the pane is the caller's part.
   */
  readonly setHidden: (hidden: boolean) => void;
}

export interface AddinOptions extends Omit<ExcelHostOptions, "functions"> {
  readonly functions: FunctionsMetadata;
  readonly frame: HTMLIFrameElement;
  /** The page is loaded: calls may be made. */
  readonly connected: () => void;
}

/** The frames' pages find their Excel here. */
const connections = new WeakMap<Element, (page: AddinWindow) => Win32External>();

/** Loads the page. */
export function loadAddin({ frame, connected, ...excel }: AddinOptions): Addin {
  let host: ExcelHost | undefined;
  let page: AddinWindow | undefined;
  let hidden = !(excel.paneVisible ?? false);
  const options: ExcelHostOptions = {
    ...excel,
    // The add-in may show and hide its pane itself.
    onPaneVisibility(visible) {
      hidden = !visible;
      page?.setHidden(hidden);
      excel.onPaneVisibility?.(visible);
    },
  };
  connections.set(frame, (loaded) => {
    host?.close();
    host = createExcelHost({ ...options, paneVisible: !hidden });
    page = loaded;
    page.setHidden(hidden);
    // After the page's script that asks has run.
    queueMicrotask(connected);
    return host.connect(loaded.post);
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
