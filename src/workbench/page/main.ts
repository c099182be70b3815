/**
 * The workbench: a spreadsheet with the add-in's pane beside it, as Excel would show them.
 * @module
 */
import "./chrome/chrome.css";
import { SetSelectionsOperation, SetWorksheetActiveOperation } from "@univerjs/sheets";
import type { FunctionsMetadata } from "../excel-host/functions-metadata.ts";
import { createMemoryWorkbook } from "../excel-host/workbook.ts";
import { createCellMessage } from "./chrome/cell-message.ts";
import { createPaneArea } from "./chrome/pane-area.ts";
import { connectOnFirstRun } from "./first-run.ts";
import { type Addin, loadAddin } from "./frame/addin.ts";
import { createAnswers } from "./functions/answers.ts";
import { calculate, followCalculations } from "./functions/calculation.ts";
import { createCalls } from "./functions/calls.ts";
import { registerFunctions } from "./functions/register.ts";
import { showErrors } from "./functions/show-errors.ts";
import { showFormats } from "./functions/show-formats.ts";
import { openGrid } from "./grid/grid.ts";
import { createSpreadsheetModel } from "./grid/spreadsheet-model.ts";
import { createSampleWorkbook } from "./sample-workbook.ts";

const element = (id: string) => document.getElementById(id)!;

async function openWorkbench(): Promise<void> {
  const metadata = fetch("/functions.json").then((response) => response.json() as Promise<FunctionsMetadata>);
  const connected = connectOnFirstRun();
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
  const grid = openGrid(element("grid"), isDark);
  const functions = await metadata;

  let addin: Addin | undefined = undefined as Addin | undefined;
  const calls = createCalls(
    () => addin?.host,
    (places) => calculate(grid, places),
  );
  // The services of sheets begin with the first workbook; its first calculation comes later.
  const workbook = grid.api.createWorkbook(createSampleWorkbook());
  element("workbook-name").textContent = workbook.getName();
  registerFunctions(grid, functions, calls);
  const answers = createAnswers(grid, calls);
  const spreadsheet = createSpreadsheetModel(grid);
  const showMessage = createCellMessage(element("cell-message"), spreadsheet, answers);
  followCalculations(grid, calls, showMessage);
  grid.api.addEvent(grid.api.Event.CommandExecuted, ({ id }) => {
    // The grid's own SelectionChanged leaves moves out: it compares a selection with itself.
    if (id === SetSelectionsOperation.id || id === SetWorksheetActiveOperation.id) showMessage();
  });
  showFormats(grid, answers);
  showErrors(grid, answers);

  // For the browser's console, and for tests: a canvas cannot be read.
  Object.assign(window, { workbench: { grid: grid.api, spreadsheet } });

  const pane = createPaneArea((visible) => addin?.setHidden(!visible));
  // What the page finds in its storage must be there before it looks.
  await connected;
  addin = loadAddin({
    functions,
    frame: element("pane") as HTMLIFrameElement,
    workbook: createMemoryWorkbook(),
    spreadsheet,
    isDark,
    paneVisible: true,
    onPaneVisibility: pane.show,
    connected: calls.restart,
  });
}

void openWorkbench();
