/**
 * Opens the workbook of this window: the grid, the add-in's page beside it, and the menus and bars around them.
 * @module
 */
import { SetSelectionsOperation, SetWorksheetActiveOperation } from "@univerjs/sheets";
import type { FunctionsMetadata } from "../excel-host/functions-metadata.ts";
import { createMemoryWorkbook } from "../excel-host/workbook.ts";
import { fullAddress } from "../../excel/address.ts";
import { addToCellMenu } from "./chrome/cell-menu.ts";
import { createCellMenuKeys } from "./chrome/cell-menu-keys.ts";
import { createCellMessage } from "./chrome/cell-message.ts";
import { createFileMenu } from "./chrome/file-menu.ts";
import { findElement } from "./chrome/find-element.ts";
import { type CommandControl, readManifest } from "./chrome/manifest.ts";
import { createPartKeys, elementPart, gridPart } from "./chrome/part-keys.ts";
import { prepareNotice, showNotice, showProblem } from "./chrome/notice.ts";
import { createPaneArea } from "./chrome/pane-area.ts";
import { showRibbon } from "./chrome/ribbon.ts";
import { followShortcuts } from "./chrome/shortcuts.ts";
import { followTheme } from "./chrome/theme.ts";
import { type Addin, loadAddin } from "./frame/addin.ts";
import { createAnswers } from "./functions/answers.ts";
import { calculate, calculateAll, followCalculations } from "./functions/calculation.ts";
import { createCalls } from "./functions/calls.ts";
import { mendFunctions } from "./functions/mend-functions.ts";
import { nameOf, registerFunctions } from "./functions/register.ts";
import { showErrors } from "./functions/show-errors.ts";
import { showFormats } from "./functions/show-formats.ts";
import { softenDarkColours } from "./grid/colours.ts";
import { copySpills } from "./grid/copy-spills.ts";
import { confirmWithEnter, followEditMode, keepFormulaBarFocus } from "./grid/edit-mode.ts";
import { openGrid } from "./grid/grid.ts";
import { makeRoomForSpills } from "./grid/grid-growth.ts";
import { followMovementKeys } from "./grid/movement-keys.ts";
import { createSpreadsheetModel } from "./grid/spreadsheet-model.ts";
import { createNetwork } from "./network.ts";
import { keepWorkbook } from "./workbooks/keep-workbook.ts";
import type { KeptWorkbook } from "./workbooks/kept-workbook.ts";

/** Requests started while the grid was loading. */
export interface Beginnings {
  readonly functions: Promise<FunctionsMetadata>;
  /** The add-in's manifest, XML text. */
  readonly manifest: Promise<string>;
  /** Settles when the add-in can find its first connection in the browser's storage. */
  readonly connected: Promise<void>;
  readonly workbook: Promise<KeptWorkbook>;
}

/** On a narrower window (CSS pixels) an open pane would leave no room for the grid. */
const roomForBoth = 700;

export async function openWorkbook(beginnings: Beginnings): Promise<void> {
  const followCellMenuKeys = createCellMenuKeys();
  const grid = openGrid(
    findElement("#grid"),
    followTheme((isDark) => grid.api.toggleDarkMode(isDark)),
  );
  const [functions, workbook] = await Promise.all([beginnings.functions, beginnings.workbook]);

  let addin: Addin | undefined = undefined as Addin | undefined;
  const calls = createCalls(
    () => addin?.host,
    (places) => calculate(grid, places),
    ({ sheetId, row, column }) => {
      const sheet = grid.api.getActiveWorkbook()?.getSheetBySheetId(sheetId);
      return fullAddress(sheet?.getSheetName() ?? "", { row, column, rows: 1, columns: 1 });
    },
    workbook.answers,
  );
  // Univer's sheet services start with the first workbook; its first calculation comes later.
  grid.api.createWorkbook(workbook.content);
  findElement("#workbook-name").textContent = workbook.name;
  document.title = `${workbook.name} – KAL workbench`;
  mendFunctions(grid);
  registerFunctions(grid, functions, calls);
  const answers = createAnswers(grid, calls, functions.functions.map(nameOf));
  const spreadsheet = createSpreadsheetModel(grid);
  const showMessage = createCellMessage(findElement("#cell-message"), spreadsheet, answers);
  followCalculations(grid, calls, { calculated: () => makeRoomForSpills(grid), changed: showMessage });
  grid.api.addEvent(grid.api.Event.CommandExecuted, ({ id }) => {
    // The grid's own SelectionChanged misses moves, because it compares a selection with itself.
    if (id === SetSelectionsOperation.id || id === SetWorksheetActiveOperation.id) showMessage();
  });
  if (workbook.selection) {
    spreadsheet.activateSheet(workbook.selection.sheetId);
    spreadsheet.select(workbook.selection);
  }
  followCellMenuKeys(grid);
  copySpills(grid, spreadsheet);
  followMovementKeys(grid, spreadsheet);
  followEditMode(grid);
  confirmWithEnter(grid);
  keepFormulaBarFocus(grid);
  softenDarkColours(grid.injector);
  showFormats(grid);
  showErrors(grid, answers);

  const memory = createMemoryWorkbook(workbook.settings, workbook.startsAddin);
  const keeping = keepWorkbook(grid, workbook, spreadsheet, calls, memory, (error) =>
    showNotice(`This browser cannot keep the workbook (${String(error)}). Save it to a file: Ctrl+S.`),
  );
  const network = createNetwork((offline) => {
    findElement("#go-online").hidden = !offline;
  });
  findElement("#go-online").addEventListener("click", () => network.setOffline(false));

  const pane = createPaneArea(() => {
    showPane(false);
    findElement("#ribbon").querySelector("button")?.focus();
  });
  const showPane = (visible: boolean) => {
    pane.show(visible);
    addin?.setHidden(!visible);
  };
  // A window opened behind others may not know its width yet and reports 0.
  pane.show(window.innerWidth === 0 || window.innerWidth >= roomForBoth);
  prepareNotice();
  const frame = findElement<HTMLIFrameElement>("#pane");
  const followPartKeys = createPartKeys([
    gridPart(grid),
    elementPart(findElement(".bar"), "button"),
    elementPart(findElement("#pane-area"), "iframe"),
  ]);
  followPartKeys(window);
  createFileMenu({ keeping, network, recalculate: () => calculateAll(grid) });
  const { beginStep } = grid.addinSteps;
  const press = ({ action, id }: CommandControl) => {
    beginStep();
    if (action?.type === "ShowTaskpane") showPane(true);
    if (action?.type === "ExecuteFunction")
      addin?.host?.runCommand(action.functionName, id).catch(showProblem);
  };
  void beginnings.manifest.then((xml) => {
    const { ribbon, cellMenu, shortcuts } = readManifest(xml);
    showRibbon(findElement("#ribbon"), ribbon, press);
    addToCellMenu(grid, cellMenu, press);
    if (!shortcuts) return;
    followShortcuts(grid, shortcuts, (action) => {
      beginStep();
      addin?.host?.runAction(action);
    }).catch(showProblem);
  });

  // For the browser's console and for tests, which cannot read a canvas.
  Object.assign(window, { workbench: { grid: grid.api, spreadsheet } });

  // The page's storage must be filled before the page reads it.
  await beginnings.connected;
  addin = loadAddin({
    functions,
    frame,
    workbook: {
      ...memory,
      writeSettings(next) {
        memory.writeSettings(next);
        keeping.changed();
      },
      setStartsAddin(starts) {
        memory.setStartsAddin(starts);
        keeping.changed();
      },
    },
    spreadsheet,
    paneVisible: pane.isVisible(),
    onPaneVisibility: pane.show,
    connected() {
      // Only the page's first script has run by now.
      const page = frame.contentWindow as Window & typeof globalThis;
      network.join(page);
      followPartKeys(page);
      for (const type of ["pointerdown", "keydown"]) {
        page.addEventListener(type, beginStep, { capture: true });
      }
      calls.restart();
    },
  });
}
