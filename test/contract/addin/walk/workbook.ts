/**
 * The workbook of a walk: tracks formulas while rows are inserted, and checks what each shows.
 * @module
 */
import path from "node:path";
import type { Random } from "../../../../src/simulator/sample/random.ts";
import { cellsOf, intersection } from "../../../../src/workbench/excel-host/areas.ts";
import type { HostBehaviours } from "../../../../src/workbench/excel-host/behaviours.ts";
import type { Area, CellReading } from "../../../../src/workbench/excel-host/model.ts";
import { createMemoryStorage } from "../../../../src/workbench/excel-host/node/memory-storage.ts";
import { hostProfiles, type ProfileName } from "../../../../src/workbench/excel-host/profiles.ts";
import { bundle } from "../../../support/bundle.ts";
import { alone, connectionNamed } from "../alone.ts";
import { type ExcelWithCells, openCells } from "../cells.ts";
import { type Excel, openExcel } from "../kal.ts";
import { formulas, type Kind, kinds, saysSo, wrongIn } from "./formulas.ts";
import { createSource, type Source } from "./source.ts";
import { createTables, type WalkTables } from "./tables.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import type { WalkPage } from "./walk-page.ts";

const code = bundle(path.join(import.meta.dirname, "walk-page.ts"));

/** A formula entered by the walk. */
export interface Placed {
  place: Area;
  kind: Kind;
  question: number;
  /** The oldest version that it may show: somebody was told that it has been refreshed. */
  floor: number;
}

export interface WalkWorkbook {
  readonly excel: ExcelWithCells;
  readonly page: () => WalkPage;
  readonly behaviours: HostBehaviours;
  readonly clock: VirtualClock;
  readonly source: Source;
  readonly placed: Placed[];
  /** Called before Excel processes a request of the page. */
  readonly onRequest: (listener: () => void) => void;
  /** While data is paused, only the cache answers and the pane says so; the same until the pause has ended. */
  readonly isPaused: () => boolean;
  /** Pending presses of Pause or resume. */
  toggles: number;
  readonly enter: (place: Area, kind: Kind, question: number) => void;
  readonly connect: (isOn: boolean) => void;
  readonly tables: WalkTables;
  /** Another person's Excel with the same workbook; opened on first use. */
  readonly hasColleague: boolean;
  readonly colleague: () => Promise<WalkPage>;
  /** Presses Ctrl+Z as long as it has an effect. @returns whether it had any */
  readonly undo: () => boolean;
  readonly isRunning: () => boolean;
  readonly start: () => Promise<void>;
  readonly leave: () => void;
  /** What a formula's cells show, and whether Excel shows that they wait. */
  readonly read: (placed: Placed) => { readonly cells: CellReading[][]; readonly waits: boolean };
  /** @throws Error that names the cell with a wrong value */
  readonly check: () => void;
}

export const questions = [1, 2, 3, 4];

const pageOf = ({ page }: Excel) => (page.window as unknown as { kalWalk: WalkPage }).kalWalk;

/** @param changes behaviours of this workbook and moment, added to the profile's */
export async function openWorkbook(
  profile: ProfileName,
  random: Random,
  changes: Partial<HostBehaviours> = {},
): Promise<WalkWorkbook> {
  const { requirementSets, behaviours: ofProfile } = hostProfiles[profile];
  const clock = createVirtualClock(Date.UTC(2026, 10, 30, 9));
  const source = createSource(clock, random);
  let requestListener: (() => void) | undefined;
  const options = {
    ...alone(source.fetch),
    requirementSets,
    behaviours: {
      ...ofProfile,
      ...changes,
    },
    scripts: [{ code: await code, fileName: "walk-page.js" }],
    clock,
  };
  const excel = await openCells({
    ...options,
    storage: createMemoryStorage(),
    onRequest: () => requestListener?.(),
  });
  const { spreadsheet } = excel;
  spreadsheet.addSheet("Prices");
  for (const question of questions) {
    const formula = formulas.day(question).replace(",0,1)", ",0)");
    spreadsheet.setName(`Question${question}`, formula);
  }
  let running = true;
  const placed: Placed[] = [];
  const tables = createTables(spreadsheet, () => source.version);

  const whenReady = () => clock.passUntil(excel.host.ready);
  let colleague: Promise<Excel> | undefined;

  async function openColleague(): Promise<Excel> {
    const { workbook } = excel;
    const opened = await openExcel({ ...options, workbook, spreadsheet, storage: createMemoryStorage() });
    await clock.passUntil(opened.host.ready);
    return opened;
  }

  /** After undo, finds the formulas again from the cells. */
  function findPlaced(): void {
    const found = spreadsheet.sheets().flatMap(({ id }) => {
      const used = spreadsheet.usedArea(id);
      return used ? [...cellsOf(used)].flatMap((place) => placedAt(place) ?? []) : [];
    });
    placed.splice(0, placed.length, ...found);
  }

  function placedAt(place: Area): Placed | undefined {
    const { formula } = spreadsheet.read(place)[0]![0]!;
    for (const kind of kinds) {
      const question = questions.find((question) => formulas[kind](question) === formula);
      if (question === undefined) continue;
      const before = placed.find((placed) => intersection(placed.place, place) && placed.kind === kind);
      return before?.question === question ? before : { place, kind, question, floor: 0 };
    }
    return undefined;
  }

  function read({ place }: Placed) {
    const { sheetId, row, column } = place;
    const area = spreadsheet.spillOf(sheetId, row, column) ?? place;
    return { cells: spreadsheet.read(area), waits: spreadsheet.isWaiting(sheetId, row, column) };
  }

  await whenReady();
  const book: WalkWorkbook = {
    excel,
    page: () => pageOf(excel),
    behaviours: excel.host.behaviours,
    clock,
    source,
    placed,
    onRequest: (listener) => void (requestListener = listener),
    isPaused: () => running && (book.toggles > 0 || book.page().isPaused()),
    toggles: 0,
    enter(place, kind, question) {
      spreadsheet.write(place, [[formulas[kind](question)]]);
      placed.push({ place, kind, question, floor: 0 });
    },
    connect: (isOn) => excel.connectElsewhere(isOn ? [connectionNamed("sample")] : []),
    tables,
    hasColleague: random.chance(0.3),
    async colleague() {
      colleague ??= openColleague();
      return pageOf(await colleague);
    },
    undo() {
      tables.forgetFloors();
      const isDone = spreadsheet.undoAll();
      findPlaced();
      return isDone;
    },
    isRunning: () => running,
    async start() {
      running = true;
      tables.end(book.page());
      // A new runtime knows of no refresh: the service may answer from its cache what Excel requests again.
      for (const one of placed) one.floor = 0;
      await excel.restart();
      await whenReady();
    },
    leave() {
      excel.leaveFor(25);
      running = excel.host.behaviours.closedPane === "keepsRuntime";
      if (!running) tables.end(book.page());
    },
    read,
    check() {
      for (const one of placed) {
        const { cells, waits } = read(one);
        if (saysSo(cells[0]![0]!)) continue;
        const found = wrongIn(cells, one);
        const where = `${one.place.sheetId} row ${one.place.row} column ${one.place.column} (${one.kind} ${one.question})`;
        if ("wrong" in found) throw new Error(`${where} shows ${found.wrong}.`);
        if (found.version > source.version || (!waits && !book.isPaused() && found.version < one.floor)) {
          throw new Error(`${where} shows version ${found.version}, at least ${one.floor} was told.`);
        }
      }
      tables.check();
    },
  };
  return book;
}
