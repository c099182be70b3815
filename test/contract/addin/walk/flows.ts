/**
 * The important flows, with the result that each must have under every profile of Excel.
 * @module
 */
import { expect } from "vitest";
import type { ProfileName } from "../../../../src/workbench/excel-host/profiles.ts";
import { randomFrom } from "../../../../src/simulator/sample/random.ts";
import { areaOf } from "../cells.ts";
import { formulas, type Kind } from "./formulas.ts";
import { createPresses } from "./presses.ts";
import { dayOf, numberOf } from "./source.ts";
import { openWorkbook } from "./workbook.ts";

type Opened = Awaited<ReturnType<typeof openProfile>>;

export async function openProfile(...[profile, changes]: [ProfileName, object?]) {
  const book = await openWorkbook(profile, randomFrom(1, profile), changes);
  const { excel, clock, enter, behaviours } = book;
  const presses = createPresses(book);
  /** Waits until everything has been answered and shown. */
  const settle = () => clock.pass(60_000);
  return {
    ...book,
    behaviours,
    settle,
    press: (name: string) => clock.passUntil(presses.press(name)),
    async put(address: string, kind: Kind, question: number) {
      enter(areaOf(excel.spreadsheet, address), kind, question);
      await settle();
    },
    value: (address: string) => excel.read(address).value,
    text: (address: string) => excel.read(address).text,
    broken: presses.broken,
  };
}

const has2021 = ({ behaviours }: Opened) => behaviours.errorsInMatrix === "wholeTable";
/** A day as displayed: Excel 2021 gets plain serials. */
const shownDay = (opened: Opened, version: number) =>
  has2021(opened) ? String(opened.value("D2")) : dayOf(version);

/** Flows with their checks, by name. */
export const flows: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  async call(opened) {
    await opened.put("B2", "table", 1);
    expect([opened.value("B2"), opened.value("C3"), opened.text("D2")]).toEqual([
      "c0",
      numberOf(1, 1, 1),
      shownDay(opened, 1),
    ]);
  },

  async "a column with a format of its own keeps it"(opened) {
    const { spreadsheet } = opened.excel;
    spreadsheet.setNumberFormat(areaOf(spreadsheet, "D2"), [["0"]]);
    await opened.put("B2", "table", 1);
    expect(opened.text("D2")).toMatch(/^\d{5}$/);
  },

  async refresh(opened) {
    await opened.put("B2", "table", 1);
    opened.source.change();
    const outcome = await opened.press("refreshWorkbook");
    expect(outcome).toMatchObject({ result: { did: { cells: 1 } } });
    await opened.settle();
    expect(opened.value("C2")).toBe(numberOf(1, 2, 0));
    opened.check();
  },

  async "refresh beside a protected sheet"(opened) {
    const { spreadsheet } = opened.excel;
    await opened.put("B2", "number", 1);
    await opened.put("Prices!B2", "number", 2);
    spreadsheet.setProtected(spreadsheet.sheets()[1]!.id, true);
    opened.source.change();
    const outcome = await opened.press("refreshWorkbook");
    await opened.settle();
    const isLeft = opened.behaviours.protectedSheets === "notCalculated";
    expect(outcome!.result!.sheets).toEqual(isLeft ? ["Prices"] : []);
    expect(opened.value("B2")).toBe(numberOf(1, 2, 0));
    expect(opened.value("Prices!B2")).toBe(numberOf(2, isLeft ? 1 : 2, 0));
  },

  async "heal on connecting"(opened) {
    opened.connect(false);
    await opened.put("B2", "number", 1);
    expect(opened.value("B2")).toBe("#VALUE!");
    opened.connect(true);
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
  },

  async "try failed again where answers were lost"(opened) {
    opened.behaviours.answers = "lost";
    for (const row of [2, 3, 4]) await opened.put(`B${row}`, "number", row);
    expect(["B2", "B3", "B4"].map(opened.value)).toContain("#BUSY!");
    opened.behaviours.answers = "shown";
    await opened.press("retryFailed");
    await opened.settle();
    expect(["B2", "B3", "B4"].map(opened.value)).toEqual([2, 3, 4].map((row) => numberOf(row, 1, 0)));
  },

  async convert(opened) {
    await opened.put("B2", "table", 1);
    const before = [opened.text("B2"), opened.text("C3"), opened.text("D4")];
    opened.excel.spreadsheet.clearUndo!();
    opened.excel.select("C3");
    await opened.press("convertSelection");
    await opened.settle();
    expect(opened.excel.read("B2").formula).toBe("c0");
    expect([opened.text("B2"), opened.text("C3"), opened.text("D4")]).toEqual(before);
    opened.excel.spreadsheet.undoAll();
    await opened.settle();
    expect(opened.excel.read("B2").formula).toBe(formulas.table(1));
  },

  async "convert while a refresh runs"(opened) {
    await opened.put("B2", "number", 1);
    opened.source.change();
    opened.source.delay = 4000;
    await opened.press("refreshWorkbook");
    opened.excel.select("B2");
    await opened.press("convertSelection");
    expect(opened.excel.read("B2").formula).toBe(formulas.number(1));
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 2, 0));
    expect(opened.broken()).toBeUndefined();
  },

  async "insert a formula"(opened) {
    opened.excel.select("F2");
    const done = await opened.clock.passUntil(
      opened.page().insertFormula(formulas.number(3), { size: { rows: 1, columns: 1 }, sheetName: "Prices" }),
    );
    await opened.settle();
    expect(done).toMatchObject({ result: "inserted", written: { address: "Sheet1!F2", before: "" } });
    expect(opened.value("F2")).toBe(numberOf(3, 1, 0));
  },

  async "insert a table and rewrite it"(opened) {
    const query = { collection: "price", query: "(id=1)", fields: ["price", "day"] };
    await opened.clock.passUntil(opened.page().insertTable(query, { place: "Sheet1!B2" }));
    opened.source.change();
    expect((await opened.press("refreshWorkbook"))!.error).toBeUndefined();
    expect([opened.value("B2"), opened.value("B3"), opened.value("B5")]).toEqual([
      "price",
      numberOf(1, 2, 0),
      numberOf(1, 2, 2),
    ]);
    expect(opened.text("C3")).toBe(dayOf(2));
  },

  async "a table whose refresh is pressed again while it runs"(opened) {
    const request = { collection: "price", query: "(id=1)", fields: ["code", "price"] };
    await opened.clock.passUntil(opened.page().insertTable(request, { place: "Sheet1!F2" }));
    opened.source.change();
    const first = opened.excel.press("refreshWorkbook");
    await opened.clock.pass(10);
    opened.source.change();
    await opened.press("refreshWorkbook");
    await first;
    expect(opened.value("G3")).toBe(numberOf(1, 3, 0));
  },

  async "build a formula and update it"(opened) {
    await opened.put("B2", "table", 1);
    // No event has reported the selection: it is read when needed.
    opened.excel.select("C3");
    const { readSelectedFormula, updateFormula } = opened.page();
    const cell = await opened.clock.passUntil(readSelectedFormula());
    expect(cell).toMatchObject({ address: "Sheet1!B2", formula: formulas.table(1) });
    const done = await opened.clock.passUntil(updateFormula(cell!, formulas.table(2)));
    await opened.settle();
    expect([done.result, opened.value("C2")]).toEqual(["updated", numberOf(2, 1, 0)]);
    const again = await opened.clock.passUntil(updateFormula(cell!, formulas.table(3)));
    expect(again.result).toBe("changed");
  },

  async "save and open again"(opened) {
    await opened.put("B2", "table", 1);
    opened.source.change();
    await opened.start();
    await opened.settle();
    expect(opened.value("C2")).toBe(numberOf(1, 1, 0));
    await opened.press("refreshWorkbook");
    await opened.settle();
    expect(opened.value("C2")).toBe(numberOf(1, 2, 0));
  },

  async "come back after the runtime has ended"(opened) {
    await opened.put("B2", "number", 1);
    opened.excel.spreadsheet.write(areaOf(opened.excel.spreadsheet, "B3"), [[formulas.number(2)]]);
    opened.leave();
    await opened.clock.pass(25 * 60_000);
    if (!opened.isRunning()) {
      expect(opened.value("B3")).toBe("#BUSY!");
      await opened.start();
      await opened.press("retryFailed");
    }
    await opened.settle();
    expect(opened.value("B3")).toBe(numberOf(2, 1, 0));
  },

  async "a click while the page loads"(opened) {
    await opened.put("B2", "number", 1);
    opened.source.change();
    await opened.excel.restart();
    await opened.excel.press("refreshWorkbook");
    await opened.clock.passUntil(opened.excel.host.ready);
    await opened.settle();
    // The click was lost: the old value stays, and no refresh was reported.
    expect(opened.page().lastOutcome()).toBeUndefined();
    expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
  },

  async "shortcuts after a command that opened the pane"(opened) {
    await opened.put("B2", "number", 1);
    opened.source.change();
    opened.excel.select("B2");
    // A success needs no message: the focus stays in the grid.
    await opened.press("refreshSheet");
    opened.source.change();
    opened.excel.host.runAction("refreshSelection");
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 3, 0));
  },

  async "commands while another workbook is in front"(opened) {
    await opened.put("B2", "number", 1);
    opened.source.change();
    opened.behaviours.window = "behind";
    expect((await opened.press("refreshSelection"))!.error!.code).toBe("KAL_EXCEL_REFUSED");
    expect((await opened.press("refreshWorkbook"))!.error).toBeUndefined();
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 2, 0));
    opened.behaviours.window = "hidden";
    expect((await opened.press("refreshWorkbook"))!.error!.code).toBe("KAL_EXCEL_REFUSED");
  },

  async "rows inserted and everything calculated again"(opened) {
    await opened.put("B2", "number", 1);
    const { spreadsheet } = opened.excel;
    spreadsheet.insertRows("sheet-1", 0, 1);
    await opened.settle();
    spreadsheet.calculate([spreadsheet.usedArea("sheet-1")!]);
    spreadsheet.calculate([spreadsheet.usedArea("sheet-1")!]);
    await opened.settle();
    expect(opened.value("B3")).toBe(numberOf(1, 1, 0));
  },

  async "old answers that a pause has shown are asked for again afterwards"(opened) {
    await opened.put("B2", "number", 1);
    opened.source.change();
    opened.source.fault = "refuses";
    await opened.press("refreshWorkbook");
    await opened.settle();
    expect(opened.value("B2")).toBe("#VALUE!");
    opened.source.fault = "none";
    await opened.press("togglePause");
    expect((await opened.press("refreshWorkbook"))!.note).toBe("stillPaused");
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
    expect((await opened.press("togglePause"))!.note).toBe("resumed");
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 2, 0));
  },

  async "lookups of a pause that have grown old are asked for again afterwards"(opened) {
    await opened.put("B2", "lookup", 1);
    await opened.press("togglePause");
    await opened.clock.pass(400_000);
    opened.source.change();
    const { spreadsheet } = opened.excel;
    spreadsheet.calculate([spreadsheet.usedArea("sheet-1")!]);
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 1, 1));
    await opened.press("togglePause");
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 2, 1));
  },

  async "functions that are missing until a restart"(opened) {
    await opened.put("B2", "number", 1);
    opened.behaviours.functions = "missing";
    await opened.press("refreshWorkbook");
    await opened.settle();
    expect(opened.value("B2")).toBe("#NAME?");
    opened.behaviours.functions = "there";
    await opened.start();
    await opened.press("retryFailed");
    await opened.settle();
    expect(opened.value("B2")).toBe(numberOf(1, 1, 0));
  },
};
