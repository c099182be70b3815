/**
 * The actions of a walk: by people, by Excel, by the service, and changes of Excel's behaviour.
 * @module
 */
import type { Random } from "../../../../src/simulator/sample/random.ts";
import { cellsOf, intersection } from "../../../../src/workbench/excel-host/areas.ts";
import type { Area } from "../../../../src/workbench/excel-host/model.ts";
import { formulas, kinds } from "./formulas.ts";
import type { Presses } from "./presses.ts";
import { type Placed, questions, type WalkWorkbook } from "./workbook.ts";

export interface Scene {
  readonly book: WalkWorkbook;
  readonly random: Random;
  readonly presses: Presses;
}

interface Action {
  /** Frequency relative to the other actions. */
  readonly weight: number;
  /** @returns details for the log */
  readonly act: (scene: Scene) => unknown;
}

/** Room for the largest table of a formula, and for a table with headings. */
const room = { rows: 3, columns: 3 };
const tableRoom = { rows: 4, columns: 3 };

/** Probability that the person's colleague acts. */
const colleagueShare = 0.3;

/** A random place for a formula with room for its table; undefined if it is occupied. */
function freePlace({ book, random }: Scene, size = room): Area | undefined {
  const { spreadsheet } = book.excel;
  const { id: sheetId } = random.pick(spreadsheet.sheets());
  if (spreadsheet.isProtected(sheetId)) return undefined;
  const area = { sheetId, row: 1 + 5 * random.integer(0, 4), column: 1 + 4 * random.integer(0, 2), ...size };
  const isFree =
    spreadsheet
      .read(area)
      .every((row) => row.every(({ value, formula }) => value === "" && formula === "")) &&
    !book.placed.some(({ place }) => intersection({ ...place, ...room }, area)) &&
    !book.tables.reserves(area);
  return isFree ? area : undefined;
}

function select({ book, random }: Scene): Placed | undefined {
  if (book.placed.length === 0) return undefined;
  const one = random.pick(book.placed);
  const inTable = random.integer(0, 2);
  const { sheetId, row, column } = one.place;
  const spill = book.excel.spreadsheet.spillOf(sheetId, row, column);
  book.excel.spreadsheet.select(spill && inTable > 0 ? { ...spill, row: row + inTable, rows: 1 } : one.place);
  return one;
}

const command = (name: string, weight: number): Record<string, Action> => ({
  [name]: {
    weight,
    async act(scene) {
      const { book, random, presses } = scene;
      if (!book.isRunning()) return "without a runtime";
      const selected = select(scene);
      const pressed = presses.press(name);
      if (random.chance(0.5)) await book.clock.pass(random.pick([100, 5000, 30_000]));
      void pressed;
      return selected && `with ${selected.kind} ${selected.question}`;
    },
  },
});

/** Changes a behaviour for a while. */
const state = <Name extends "answers" | "window" | "functions">(
  name: Name,
  forms: readonly WalkWorkbook["behaviours"][Name][],
): Record<string, Action> => ({
  [name]: {
    weight: 2,
    act({ book, random }) {
      book.behaviours[name] = random.pick(forms);
      return book.behaviours[name];
    },
  },
});

export const actions: Readonly<Record<string, Action>> = {
  enter: {
    weight: 12,
    act(scene) {
      const { book, random } = scene;
      const place = freePlace(scene);
      if (!place) return "nowhere";
      const kind = random.pick(kinds);
      book.enter({ ...place, rows: 1, columns: 1 }, kind, random.pick(questions));
      return kind;
    },
  },
  clear: {
    weight: 3,
    act({ book, random }) {
      const { spreadsheet } = book.excel;
      if (book.placed.length === 0) return;
      const [one] = book.placed.splice(random.integer(0, book.placed.length - 1), 1);
      if (!spreadsheet.isProtected(one!.place.sheetId)) spreadsheet.write(one!.place, [[""]]);
    },
  },
  "clear values": {
    weight: 1,
    act({ book }) {
      // Every cell that is not a formula or part of a spilled or inserted table.
      const { spreadsheet } = book.excel;
      for (const { id } of spreadsheet.sheets()) {
        const used = spreadsheet.usedArea(id);
        if (!used) continue;
        for (const place of cellsOf(used)) {
          if (spreadsheet.tablesIn(place).length > 0 || book.tables.reserves(place)) continue;
          const { formula } = spreadsheet.read(place)[0]![0]!;
          if (formula !== "" && !String(formula).startsWith("=")) {
            spreadsheet.write(place, [[""]]);
            spreadsheet.setNumberFormat(place, [["General"]]);
          }
        }
      }
    },
  },
  "new data": { weight: 10, act: ({ book }) => book.source.change() },
  time: {
    weight: 8,
    async act({ book, random }) {
      const ms = random.pick([5000, 30_000, 120_000, 400_000]);
      await book.clock.pass(ms);
      return ms;
    },
  },
  "calculate all": {
    weight: 4,
    act({ book }) {
      const { spreadsheet } = book.excel;
      spreadsheet.calculate(spreadsheet.sheets().flatMap(({ id }) => spreadsheet.usedArea(id) ?? []));
    },
  },
  F9: { weight: 2, act: ({ book }) => book.excel.spreadsheet.calculateDirty() },
  "insert rows": {
    weight: 3,
    act({ book, random }) {
      const { spreadsheet } = book.excel;
      const { id } = random.pick(spreadsheet.sheets());
      const row = 5 * random.integer(0, 4);
      spreadsheet.insertRows(id, row, 1);
      for (const one of book.placed) {
        const { place } = one;
        if (place.sheetId === id && place.row >= row) one.place = { ...place, row: place.row + 1 };
      }
      book.tables.rowInserted(id, row);
      return row;
    },
  },
  "insert table": {
    weight: 4,
    async act(scene) {
      const { book, random } = scene;
      const area = freePlace(scene, tableRoom);
      if (!area || !book.isRunning()) return "nowhere";
      const isColleague = book.hasColleague && random.chance(colleagueShare);
      book.tables.insert(isColleague ? await book.colleague() : book.page(), area, random.pick(questions));
      return isColleague ? "by the colleague" : undefined;
    },
  },
  "colleague refreshes": {
    weight: 2,
    async act({ book }) {
      if (!book.hasColleague) return "none";
      book.tables.refresh(await book.colleague());
      return undefined;
    },
  },
  "colleague chooses": {
    weight: 1,
    async act({ book, random }) {
      if (book.hasColleague) (await book.colleague()).writeWorkbookSettings({ note: random.integer(0, 9) });
    },
  },
  undo: {
    weight: 2,
    act({ book, presses }) {
      const isBusy = presses.open() > 0 || book.tables.isOpen();
      return isBusy ? "not while something is under way" : book.undo();
    },
  },
  fault: {
    weight: 3,
    act({ book, random }) {
      book.source.fault = random.pick(["none", "none", "offline", "refuses"] as const);
      return book.source.fault;
    },
  },
  connection: {
    weight: 3,
    act({ book, random }) {
      const isOn = random.chance(0.7);
      if (book.isRunning()) book.connect(isOn);
      return isOn;
    },
  },
  protection: {
    weight: 2,
    act({ book, random }) {
      const { spreadsheet } = book.excel;
      const { id } = spreadsheet.sheets().at(-1)!;
      spreadsheet.setProtected(id, random.chance(0.5));
      return spreadsheet.isProtected(id);
    },
  },
  "calculation mode": {
    weight: 1,
    act({ book, random }) {
      const mode = random.pick(["Automatic", "Manual"] as const);
      book.excel.spreadsheet.setCalculationMode(mode);
      return mode;
    },
  },
  restart: { weight: 1, act: ({ book }) => book.start() },
  leave: {
    weight: 1,
    async act({ book, random }) {
      book.leave();
      await book.clock.pass(25 * 60_000);
      if (random.chance(0.7) && !book.isRunning()) await book.start();
    },
  },
  shortcut: {
    weight: 2,
    act(scene) {
      select(scene);
      scene.book.excel.host.runAction("refreshSelection");
    },
  },
  "change formula": {
    weight: 3,
    async act(scene) {
      const { book, random } = scene;
      const one = book.isRunning() ? select(scene) : undefined;
      if (!one || one.kind === "named") return "none";
      const question = random.pick(questions);
      const { readSelectedFormula, updateFormula } = book.page();
      const done: { result?: unknown } = {};
      const change = async () => {
        const cell = await readSelectedFormula();
        return cell && (await updateFormula(cell, formulas[one.kind](question))).result;
      };
      change().then(
        (result) => (done.result = result ?? "nothing"),
        (error: unknown) => (done.result = error),
      );
      await book.clock.pass(10);
      if (done.result === undefined) throw new Error("Changing a formula does not end.");
      if (done.result === "updated") Object.assign(one, { question, floor: 0 });
      return done.result;
    },
  },
  ...state("answers", ["shown", "late", "late", "lost"]),
  ...state("window", ["front", "front", "behind", "hidden"]),
  ...state("functions", ["there", "there", "there", "missing"]),
  ...command("refreshWorkbook", 6),
  ...command("refreshSheet", 3),
  ...command("refreshSelection", 4),
  ...command("retryFailed", 4),
  ...command("convertSelection", 4),
  ...command("togglePause", 1),
};
