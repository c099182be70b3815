/**
 * Behaviours of Excel that differ between platforms, versions or workbooks, by name.
 *
 * Each one is a switch of the emulated host, with its source: “office-js 1951” is an issue of OfficeDev/office-js,
 * “docs” a page of Microsoft's documentation. The first form is the host's default.
 * @module
 */

/** Behaviours with their forms and sources. */
export const hostBehaviours = {
  calculation: {
    forms: ["automatic", "manual"],
    what: "How the workbook calculates when it is opened; with manual calculation `setDirty` only marks cells.",
    source: "typings of setDirty; VBA's Range.Dirty",
  },
  opening: {
    forms: ["asSaved", "calculatesAll"],
    what: "Opening shows the saved values, or calculates every formula before anybody has connected.",
    source: "office-js 2012, 5408; Open XML CalculationId",
  },
  whileCalling: {
    forms: ["busy", "oldValue"],
    what: "A cell that is called again shows #BUSY!, or its old value until the answer is there.",
    source: "office-js 4152, 6930",
  },
  answers: {
    forms: ["shown", "late", "lost"],
    what: "An answer is shown when it arrives, 300 ms later, or every third one never: the cell stays #BUSY!.",
    source: "office-js 6662, 6930",
  },
  recalculation: {
    forms: ["leavesOpenCalls", "cancelsFirst", "callsFirst"],
    what: "Calculating a cell with an open call calls beside it, or cancels that call before or after the new one.",
    source: "docs: custom-functions-web-reqs; office-js 6483",
  },
  insertedRows: {
    forms: ["callNothing", "callAgain"],
    what: "Inserting rows calls the functions below them again.",
    source: "office-js 3332, 3911",
  },
  functions: {
    forms: ["there", "missing"],
    what: "Functions may be missing until Excel is restarted, or for good without the add-in: #NAME? on calculation.",
    source: "office-js 6126, 5754",
  },
  emptyCells: {
    forms: ["null", "zero", "emptyObject"],
    what: "An empty cell among the arguments of type any arrives as null, as 0, or as a data type of its own.",
    source: "office-js 4702, 1951; the object: none found, `Excel.EmptyCellValue` is what it would be",
  },
  errorsInRanges: {
    forms: ["refused", "passed"],
    what: "An error in a range becomes the result without a call, or reaches the function as a data type.",
    source: "docs: custom-functions-errors; with data types allowed: none found",
  },
  errorsInMatrix: {
    forms: ["eachCell", "wholeTable"],
    what: "An error in a function's matrix stands in its own cell, or makes the whole table #VALUE!.",
    source: "office-js 2174",
  },
  errorText: {
    forms: ["ours", "generic"],
    what: "An error cell shows the function's own text, or a generic one.",
    source: "office-js 4971, 4813, 4205",
  },
  spilledFormats: {
    forms: ["ofValue", "ofCell"],
    what: "`Range.numberFormat` of a date shows the format that its function sent, or the cell's own: General.",
    source: "docs: excel-data-types-concepts",
  },
  dateSystem: {
    forms: ["1900", "1904"],
    what: "Serials count from 1900, or from 1904: the same number is shown 1,462 days later.",
    source: "ref: use1904DateSystem (preview)",
  },
  longAddresses: {
    forms: ["whole", "cut"],
    what: "The address of several areas comes whole, or cut after 8,192 characters.",
    source: "typings of getRanges",
  },
  protectedSheets: {
    forms: ["searched", "notSearched", "notCalculated"],
    what: "On a protected sheet special cells are found, or refused; setDirty may be refused too.",
    source: "office-js 6784; none found for setDirty",
  },
  window: {
    forms: ["front", "behind", "hidden"],
    what: "Behind another workbook the active cell, selections and new sheets fail; hidden, all of Excel.run.",
    source: "docs: excel-add-ins-troubleshooting; office-js 1773",
  },
  selectionEvents: {
    forms: ["raised", "missing"],
    what: "A new selection is told to the add-in, or not.",
    source: "office-js 533, 6311",
  },
  undo: {
    forms: ["outlivesSettings", "clearedBySettings"],
    what: "Saving the document's settings leaves undo alone, or clears it.",
    source: "office-js 3141",
  },
  firstClick: {
    forms: ["waits", "lost"],
    what: "A click before the page has loaded is carried out afterwards, or only loads the page.",
    source: "office-js 5176, 5778, 3378, 2744, 1029",
  },
  showingPane: {
    forms: ["leavesKeyboard", "takesKeyboard", "ignored"],
    what: "showAsTaskpane leaves the keyboard in the grid, takes it (no shortcut works then), or shows nothing.",
    source: "office-js 5050, 3630; docs: show-hide-add-in, keyboard-shortcuts",
  },
  closedPane: {
    forms: ["keepsRuntime", "endsRuntime"],
    what: "With the pane closed and the workbook behind, the runtime lives on, or ends after twenty minutes.",
    source: "office-js 4004",
  },
  storage: {
    forms: ["shared", "ofPage"],
    what: "The pages of all workbooks share localStorage, or each page has one of its own, empty when it opens.",
    source: "docs: persisting-add-in-state-and-settings; office-js 6427; storage partitioning of browsers",
  },
  storageEvents: {
    forms: ["raised", "missing"],
    what: "A change of localStorage raises a storage event in other workbooks' pages, or none.",
    source: "office-js 1399, 3159, 6427, 2177",
  },
  abortSignalAny: {
    forms: ["there", "missing"],
    what: "The web view has AbortSignal.any, or not, as before Safari 17.4.",
    source: "MDN: AbortSignal.any",
  },
} as const;

type Table = typeof hostBehaviours;
export type BehaviourName = keyof Table;

/** The form of each behaviour. A test may change one while the workbook is open. */
export type HostBehaviours = { [Name in BehaviourName]: Table[Name]["forms"][number] };

/** @returns the host's defaults with these changes */
export function behavioursWith(changes: Partial<HostBehaviours> = {}): HostBehaviours {
  const usual = Object.entries(hostBehaviours).map(([name, { forms }]) => [name, forms[0]]);
  return { ...(Object.fromEntries(usual) as HostBehaviours), ...changes };
}
