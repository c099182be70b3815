/**
 * The add-in's page in its frame, and the emulated Excel behind it.
 *
 * Each load of the page gets an Excel of its own, as each start of the runtime does; what was under way is asked
 * again.
 * @module
 */
import type { FunctionsMetadata } from "../../excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost, type ExcelHostOptions } from "../../excel-host/host.ts";
import type { WorkbenchWindow } from "./bridge.ts";

export interface Addin {
  /** The Excel that the loaded page speaks to. */
  readonly host: ExcelHost | undefined;
}

export interface AddinOptions extends Omit<ExcelHostOptions, "functions"> {
  readonly functions: FunctionsMetadata;
  readonly frame: HTMLIFrameElement;
  /** The page is loaded: calls may be made. */
  readonly connected: () => void;
}

/** Loads the page. */
export function loadAddin({ frame, connected, ...excel }: AddinOptions): Addin {
  let host: ExcelHost | undefined;
  (window as WorkbenchWindow).connectAddin = (page) => {
    host?.close();
    host = createExcelHost(excel);
    // After the page's script that asks has run.
    queueMicrotask(connected);
    return host.connect((task) => void page.setTimeout(task, 0));
  };
  frame.src = "/taskpane.html";
  return {
    get host() {
      return host;
    },
  };
}
