/**
 * Facts about Excel from public evidence that our assumptions or the emulated Excel lacked. Each has the behaviour of
 * the emulated Excel that shows it, the tests that expose the add-in to it, and its lines in docs/host-assumptions.md.
 */
import type { BehaviourName } from "../../src/workbench/excel-host/behaviours.ts";

export interface ExcelFact {
  readonly fact: string;
  /** Behaviours of the emulated Excel; none if it always behaves so, or cannot show it. */
  readonly behaviours: readonly BehaviourName[];
  /** Why the emulated Excel cannot show it. */
  readonly cannotShow?: string;
  /** Files below test/contract/addin, or of another layer. */
  readonly tests: readonly string[];
  readonly lines: readonly string[];
}

const profiles = "contract/addin/profiles.test.ts";
const walk = "contract/addin/walk.test.ts";

/** E: assumptions that are wrong or risky; B: behaviours that the emulated Excel lacked. */
export const excelFacts: Readonly<Record<string, ExcelFact>> = {
  E1: {
    fact: "setDirty only marks cells in manual mode",
    behaviours: ["calculation"],
    tests: ["contract/addin/refresh-reach.test.ts", profiles, walk],
    lines: ["H2"],
  },
  E2: {
    fact: "a cell that is called again keeps its old value",
    behaviours: ["whileCalling", "answers"],
    tests: [profiles, walk],
    lines: ["H9"],
  },
  E3: {
    fact: "Range.numberFormat of a spilled date may be General",
    behaviours: ["spilledFormats"],
    tests: ["contract/addin/convert-under-excel.test.ts", profiles, walk],
    lines: ["H3"],
  },
  E4: {
    fact: "the first click only loads the page",
    behaviours: ["firstClick"],
    tests: [profiles],
    lines: ["H31"],
  },
  E5: {
    fact: "showAsTaskpane takes the keyboard",
    behaviours: ["showingPane"],
    tests: [profiles],
    lines: ["H48"],
  },
  E6: {
    fact: "the runtime ends twenty minutes after the pane was closed",
    behaviours: ["closedPane"],
    tests: [profiles, walk],
    lines: ["H28"],
  },
  E7: {
    fact: "#BUSY! stays though the promise has resolved",
    behaviours: ["answers"],
    tests: [profiles, walk],
    lines: ["H30"],
  },
  E8: { fact: "saving settings clears undo", behaviours: ["undo"], tests: [profiles], lines: ["H32"] },
  E9: {
    fact: "an error in a matrix makes the whole table #VALUE!",
    behaviours: ["errorsInMatrix"],
    tests: ["contract/excel-host/behaviours.test.ts", "contract/addin/settings.test.ts"],
    lines: ["H43"],
  },
  E10: {
    fact: "document.settings are a copy that is saved whole; the last of two people wins",
    // office.js itself keeps the copy, so the emulated Excel always behaves so.
    behaviours: [],
    tests: ["contract/addin/two-people.test.ts"],
    lines: ["H13"],
  },
  E11: {
    fact: "an empty cell arrives as 0, as null or as an Empty object",
    behaviours: ["emptyCells"],
    tests: ["contract/addin/data-types.test.ts", "contract/addin/empty-headers.test.ts"],
    lines: ["H1"],
  },
  E12: {
    fact: "opening may calculate everything before anybody has connected",
    behaviours: ["opening"],
    tests: [profiles, walk],
    lines: ["H14"],
  },
  E13: {
    fact: "special cells and setDirty may be refused on a protected sheet",
    behaviours: ["protectedSheets"],
    tests: [profiles, walk],
    lines: ["H6"],
  },
  E14: {
    fact: "an error cell shows a generic text",
    behaviours: ["errorText"],
    tests: ["contract/excel-host/behaviours.test.ts"],
    lines: ["H46"],
  },
  E15: {
    fact: "a shortcut may be taken by the system",
    behaviours: [],
    cannotShow: "the emulated Excel runs actions, it presses no keys",
    tests: ["contract/addin/workbook-life.test.ts"],
    lines: ["H47"],
  },
  E16: {
    fact: "a workbook may count dates from 1904",
    behaviours: ["dateSystem"],
    tests: ["contract/addin/dates-from-1904.test.ts"],
    lines: ["H10"],
  },
  E17: {
    fact: "onSelectionChanged is not raised in some releases",
    behaviours: ["selectionEvents"],
    tests: [profiles],
    lines: ["H24"],
  },
  E18: {
    fact: "storage events do not come, and storage is not shared by all applications",
    behaviours: ["storage", "storageEvents"],
    tests: ["contract/addin/coming-back.test.ts", profiles, walk],
    lines: ["H52"],
  },
  B1: {
    fact: "a recalculation cancels calls and makes them anew, in either order",
    behaviours: ["recalculation"],
    tests: [profiles, walk],
    lines: ["H70"],
  },
  B2: {
    fact: "inserted rows call functions again",
    behaviours: ["insertedRows"],
    tests: [profiles, walk],
    lines: ["H69"],
  },
  B3: {
    fact: "a cell's own number format beats the value's",
    // The emulated Excel always behaves so.
    behaviours: [],
    tests: [profiles],
    lines: ["H15"],
  },
  B4: {
    fact: "Evaluate Formula, F9 on a part and conditional formats show #CALC! or #VALUE!",
    behaviours: [],
    cannotShow: "Excel makes no call; what it shows there the add-in cannot change",
    tests: ["unit/addin/runtime/requests/lookups.test.ts"],
    lines: ["H56"],
  },
  B5: {
    fact: "with a hidden window Excel.run fails, and functions may be missing",
    behaviours: ["window", "functions"],
    tests: [profiles, walk],
    lines: ["H35"],
  },
  B6: {
    fact: "with another workbook in front the active cell and new sheets fail",
    behaviours: ["window"],
    tests: [profiles, walk],
    lines: ["H35"],
  },
  B7: {
    fact: "two people in one workbook, each with the add-in",
    // Shown by two hosts on one workbook.
    behaviours: [],
    tests: ["contract/addin/two-people.test.ts"],
    lines: ["H7", "H13"],
  },
  B8: {
    fact: "showAsTaskpane is ignored",
    behaviours: ["showingPane"],
    tests: [profiles],
    lines: ["H49"],
  },
  B9: {
    fact: "without the add-in cells are #NAME? after a calculation",
    behaviours: ["functions"],
    tests: [profiles, walk],
    lines: ["H57"],
  },
  B10: {
    fact: "an array that another function hands over once arrived as its first value",
    behaviours: [],
    cannotShow: "the rest of the array does not arrive, so nothing tells it from a single value",
    tests: [],
    lines: ["H60"],
  },
  B11: {
    fact: "addresses come back cut at 8,192 characters",
    behaviours: ["longAddresses"],
    tests: ["contract/excel-host/behaviours.test.ts"],
    lines: ["H42"],
  },
  B12: {
    fact: "functions may be missing until Excel is restarted",
    behaviours: ["functions"],
    tests: [profiles, walk],
    lines: ["H57"],
  },
  B13: {
    fact: "a shared runtime shows one dialog at a time",
    behaviours: [],
    cannotShow: "the add-in opens no dialog",
    tests: [],
    lines: [],
  },
  B14: {
    fact: "AbortSignal.any needs Safari 17.4",
    behaviours: ["abortSignalAny"],
    tests: [profiles, walk],
    lines: ["H62"],
  },
  B15: {
    fact: "Microsoft's pages contradict each other on custom functions in volume-licensed Excel 2021",
    behaviours: [],
    cannotShow: "without custom functions nothing of the add-in runs",
    tests: [],
    lines: ["H45"],
  },
};
