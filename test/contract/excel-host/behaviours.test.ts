/** Each behaviour of the emulated Excel in each form, as a page sees it through the real office.js. */
import { describe, expect, it } from "vitest";
import {
  type BehaviourName,
  behavioursWith,
  type HostBehaviours,
  hostBehaviours,
} from "../../../src/workbench/excel-host/behaviours.ts";
import { createMemorySpreadsheet } from "../../../src/workbench/excel-host/memory-spreadsheet.ts";
import type { Area } from "../../../src/workbench/excel-host/model.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import { describeFunction, openFixture } from "./fixture.ts";

const at = (row: number, column: number, rows = 1, columns = 1): Area => ({
  sheetId: "sheet-1",
  row,
  column,
  rows,
  columns,
});

/** A page with one function of each kind, and a spreadsheet whose formulas are the functions' names. */
async function open(changes: Partial<HostBehaviours>) {
  const behaviours = behavioursWith(changes);
  const opened: { host?: ReturnType<typeof openFixture>["host"] } = {};
  const calls: string[] = [];
  const spreadsheet = createMemorySpreadsheet({
    behaviours,
    evaluate(formula, address) {
      calls.push(address);
      return opened.host!.invoke({ functionId: formula.slice(1), args: [] });
    },
    abandoned: (evaluation) => {
      calls.push("given up");
      opened.host!.cancel((evaluation as { id: number } & typeof evaluation).id);
    },
  });
  const saves: Record<string, string>[] = [];
  const fixture = openFixture(
    `
    let count = 0;
    const error = () => new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, "what to do");
    CustomFunctions.associate("COUNT", async () => ++count);
    CustomFunctions.associate("WAIT", () => new Promise(() => undefined));
    CustomFunctions.associate("FAIL", () => { throw error(); });
    CustomFunctions.associate("SOME", () => [[1, error()]]);
    CustomFunctions.associate("DATE", () => ({ type: "Double", basicValue: 46000, numberFormat: "yyyy-mm-dd" }));
    globalThis.pressed = [];
    Office.onReady(() => {
      Office.actions.associate("press", (event) => { pressed.push("press"); event?.completed?.(); });
    });
    globalThis.run = (work) => Excel.run(async (context) => work(context));
  `,
    {
      functions: ["COUNT", "WAIT", "FAIL", "SOME", "DATE"].map((id) =>
        describeFunction(id, [], { cancelable: true }),
      ),
      host: { spreadsheet, behaviours },
      page: { localStorage: createMemoryStorage({ known: "by every page" }) },
    },
  );
  opened.host = fixture.host;
  const page = fixture.page.window as unknown as {
    pressed: string[];
    run: <Result>(work: (context: Excel.RequestContext) => Promise<Result>) => Promise<Result>;
    Office: typeof Office;
    localStorage: Storage;
    AbortSignal: typeof AbortSignal;
  };
  const read = (row: number, column: number) => spreadsheet.read(at(row, column))[0]![0]!;
  const enter = (row: number, column: number, content: string) =>
    spreadsheet.write(at(row, column), [[content]]);
  return { ...fixture, spreadsheet, behaviours, calls, saves, page, read, enter };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Waits until a cell shows the value. */
const shows = (opened: Opened, value: unknown) => expect.poll(() => opened.read(0, 0).value).toBe(value);

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "done",
    (error: { code: string }) => error.code,
  );
}

/** What a page observes of a behaviour. Different observations prove that the forms exist. */
const seen: Partial<Record<BehaviourName, (opened: Opened) => Promise<unknown>>> = {
  async calculation(opened) {
    opened.enter(0, 0, "=COUNT");
    await shows(opened, 1);
    await opened.page.run(async (context) => {
      context.workbook.worksheets.getFirst().getRange("A1").setDirty();
      await context.sync();
    });
    return opened.read(0, 0).value;
  },
  async opening(opened) {
    opened.enter(0, 0, "=COUNT");
    await opened.host.ready;
    await shows(opened, opened.behaviours.opening === "asSaved" ? 1 : 2);
    return opened.calls;
  },
  async whileCalling(opened) {
    opened.enter(0, 0, "=COUNT");
    await shows(opened, 1);
    opened.spreadsheet.calculate([at(0, 0)]);
    return opened.read(0, 0).value;
  },
  async answers(opened) {
    for (let row = 2; row >= 0; row--) opened.enter(row, 0, "=COUNT");
    await expect.poll(() => opened.read(1, 0).value).toBe(2);
    return opened.read(0, 0).value;
  },
  async recalculation(opened) {
    await opened.host.ready;
    opened.enter(0, 0, "=WAIT");
    opened.calls.length = 0;
    opened.spreadsheet.calculate([at(0, 0)]);
    return opened.calls;
  },
  async insertedRows(opened) {
    opened.enter(1, 0, "=COUNT");
    await expect.poll(() => opened.read(1, 0).value).toBe(1);
    opened.spreadsheet.insertRows("sheet-1", 1, 2);
    expect(opened.read(1, 0).formula).toBe("");
    expect(opened.read(3, 0).formula).toBe("=COUNT");
    return opened.calls;
  },
  async functions(opened) {
    opened.enter(0, 0, "=COUNT");
    await expect.poll(() => opened.read(0, 0).value).not.toBe("#BUSY!");
    return opened.read(0, 0).value;
  },
  errorsInMatrix: async ({ host }) => host.invoke({ functionId: "SOME", args: [] }).result,
  errorText: async ({ host }) => host.invoke({ functionId: "FAIL", args: [] }).result,
  async spilledFormats(opened) {
    opened.enter(0, 0, "=DATE");
    await shows(opened, 46_000);
    expect(opened.read(0, 0).text).toBe("2025-12-09");
    return opened.read(0, 0).numberFormat;
  },
  async dateSystem(opened) {
    opened.enter(0, 0, "=DATE");
    await shows(opened, 46_000);
    const first = await opened.page.run(async (context) => {
      const day = context.workbook.functions.date(2000, 1, 1).load("value");
      await context.sync();
      return day.value;
    });
    return [opened.read(0, 0).text, first];
  },
  async longAddresses({ page }) {
    return page.run(async (context) => {
      const sheet = context.workbook.worksheets.getFirst();
      const addresses = Array.from({ length: 1000 }, (_, row) => `B${row * 2 + 1}`);
      const areas = sheet.getRanges(addresses.join(",")).load("address");
      await context.sync();
      return areas.address.length > 8192;
    });
  },
  async protectedSheets({ page, spreadsheet, enter }) {
    enter(0, 0, "=COUNT");
    spreadsheet.setProtected("sheet-1", true);
    const refused = (work: (range: Excel.Range) => void) =>
      codeOf(
        page.run(async (context) => {
          work(context.workbook.worksheets.getFirst().getRange("A1"));
          await context.sync();
        }),
      );
    return [
      await refused((range) => (range.values = [[1]])),
      await refused((range) => void range.getSpecialCellsOrNullObject("Formulas").load("address")),
      await refused((range) => range.setDirty()),
    ];
  },
  async window({ page }) {
    const refused = (work: (workbook: Excel.Workbook) => void) =>
      codeOf(
        page.run(async (context) => {
          work(context.workbook);
          await context.sync();
        }),
      );
    return [
      await refused((workbook) => void workbook.worksheets.load("items/name")),
      await refused((workbook) => void workbook.getActiveCell().load("address")),
      await refused((workbook) => void workbook.worksheets.add("Other")),
    ];
  },
  async selectionEvents({ page, spreadsheet }) {
    const selected: string[] = [];
    await page.run(async (context) => {
      context.workbook.worksheets.onSelectionChanged.add(async ({ address }) => void selected.push(address));
      await context.sync();
    });
    spreadsheet.select(at(3, 3));
    // A later event has arrived, so this one would have arrived too.
    const added: string[] = [];
    await page.run(async (context) => {
      context.workbook.worksheets.onAdded.add(async ({ worksheetId }) => void added.push(worksheetId));
      context.workbook.worksheets.add("Other");
      await context.sync();
    });
    await expect.poll(() => added).toHaveLength(1);
    return selected;
  },
  async undo({ page, spreadsheet, enter, read, host }) {
    await host.ready;
    enter(0, 0, "before");
    enter(0, 0, "after");
    const { settings } = page.Office.context.document;
    settings.set("choice", 1);
    await new Promise<void>((resolve) => settings.saveAsync(() => resolve()));
    spreadsheet.undoAll();
    return read(0, 0).value;
  },
  async firstClick({ host, page }) {
    await host.runCommand("press", "Kalibrate.press");
    return page.pressed;
  },
  async showingPane({ host, page }) {
    await host.ready;
    await page.Office.addin.showAsTaskpane();
    const visible = host.paneVisible;
    host.runAction("press");
    host.clickGrid();
    host.runAction("press");
    await expect.poll(() => page.pressed.length).toBeGreaterThan(0);
    await host.runCommand("press", "Kalibrate.press");
    return [visible, page.pressed.length];
  },
  storage: async ({ page }) => Promise.resolve(page.localStorage.getItem("known")),
  abortSignalAny: async ({ page }) => Promise.resolve(typeof page.AbortSignal.any),
};

/** The expected observation for each form, in order. */
const expected: Partial<Record<BehaviourName, readonly unknown[]>> = {
  calculation: ["#BUSY!", 1],
  opening: [["A1"], ["A1", "A1"]],
  whileCalling: ["#BUSY!", 1],
  answers: [3, 3, "#BUSY!"],
  recalculation: [["A1"], ["given up", "A1"], ["A1", "given up"]],
  insertedRows: [["A2"], ["A2", "A4"]],
  functions: [1, "#NAME?"],
  errorsInMatrix: [[[{ value: 1 }, { error: "#VALUE!", message: "what to do" }]], [[{ error: "#VALUE!" }]]],
  errorText: [[[{ error: "#VALUE!", message: "what to do" }]], [[{ error: "#VALUE!" }]]],
  spilledFormats: ["yyyy-mm-dd", "General"],
  dateSystem: [
    ["2025-12-09", 36_526],
    ["2029-12-10", 35_064],
  ],
  longAddresses: [true, false],
  protectedSheets: [
    ["AccessDenied", "done", "done"],
    ["AccessDenied", "AccessDenied", "done"],
    ["AccessDenied", "AccessDenied", "AccessDenied"],
  ],
  window: [
    ["done", "done", "done"],
    ["done", "GeneralException", "GeneralException"],
    ["GeneralException", "GeneralException", "GeneralException"],
  ],
  selectionEvents: [["D4"], []],
  undo: ["", "after"],
  firstClick: [["press"], []],
  showingPane: [
    [true, 3],
    [true, 2],
    [false, 3],
  ],
  storage: ["by every page", null],
  abortSignalAny: ["function", "undefined"],
};

/** Behaviours that the tests of arguments and cells and the add-in's tests cover. */
const elsewhere: readonly BehaviourName[] = ["emptyCells", "errorsInRanges", "closedPane", "storageEvents"];

const names = Object.keys(hostBehaviours) as BehaviourName[];

it("covers the forms of every behaviour", () => {
  expect(names.toSorted()).toEqual([...Object.keys(seen), ...elsewhere].toSorted());
});

describe.each(Object.keys(seen) as BehaviourName[])("%s", (name) => {
  it.each(hostBehaviours[name].forms.map((form, index) => [form, index] as const))(
    "%s",
    async (form, index) => {
      const opened = await open({ [name]: form });
      expect(await seen[name]!(opened)).toEqual(expected[name]![index]);
      expect(opened.errors).toEqual([]);
    },
  );
});
