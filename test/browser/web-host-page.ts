/**
 * The page around the add-in's frame, as Excel on the web is: the emulated Excel behind office.js's messages.
 * Bundled for the browser by its test.
 * @module
 */
import type { FunctionsMetadata } from "../../src/workbench/excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost } from "../../src/workbench/excel-host/host.ts";
import { createMemorySpreadsheet } from "../../src/workbench/excel-host/memory-spreadsheet.ts";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { createMemoryWorkbook, type Workbook } from "../../src/workbench/excel-host/workbook.ts";
import { connectionsKey, connectToSample } from "../../src/workbench/sample-connection.ts";

/** What the test drives. */
export interface WebHostWindow {
  excel: { host: ExcelHost; spreadsheet: SpreadsheetModel; workbook: Workbook };
}

async function openAddin(): Promise<void> {
  const functions = (await (await fetch("/functions.json")).json()) as FunctionsMetadata;
  localStorage.setItem(connectionsKey, await connectToSample(""));
  const spreadsheet = createMemorySpreadsheet();
  const workbook = createMemoryWorkbook();
  const host = createExcelHost({ functions, spreadsheet, workbook, paneVisible: true });
  const frame = document.createElement("iframe");
  const bridge = host.connectWeb(location.origin, (message) =>
    frame.contentWindow!.postMessage(message, location.origin),
  );
  addEventListener("message", ({ data, source }) => {
    if (source === frame.contentWindow) bridge.receive(data);
  });
  // office.js reads the name as it starts.
  frame.name = bridge.frameName;
  frame.src = "/taskpane.html";
  document.body.append(frame);
  Object.assign(window, { excel: { host, spreadsheet, workbook } });
}

void openAddin();
