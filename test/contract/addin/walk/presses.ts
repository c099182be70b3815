/**
 * Ribbon commands in progress, and the promise that each must keep when it ends.
 * @module
 */
import type { CommandOutcome } from "../../../../src/addin/runtime/command-outcome.ts";
import { intersection } from "../../../../src/workbench/excel-host/areas.ts";
import { saysSo, wrongIn } from "./formulas.ts";
import type { Placed, WalkWorkbook } from "./workbook.ts";

export interface Presses {
  /** Presses a control. @returns the reported outcome; undefined if the click was lost or the runtime ended */
  readonly press: (name: string) => Promise<CommandOutcome | undefined>;
  /** Number of commands that have not ended. */
  readonly open: () => number;
  /** The first broken promise. */
  readonly broken: () => Error | undefined;
}

export function createPresses(book: WalkWorkbook): Presses {
  const { excel, placed, source } = book;
  let open = 0;
  let broken: Error | undefined;

  function reached(name: string): Placed[] {
    const { spreadsheet } = excel;
    const selection = spreadsheet.selection();
    if (name === "refreshWorkbook") return [...placed];
    if (name === "refreshSheet") return placed.filter(({ place }) => place.sheetId === selection.sheetId);
    return placed.filter(({ place }) => {
      const { sheetId, row, column } = place;
      return intersection(spreadsheet.spillOf(sheetId, row, column) ?? place, selection);
    });
  }

  /** From now on the reported refresh must hold. */
  function promise(cells: readonly Placed[], version: number, { result }: CommandOutcome): void {
    if (!result) return;
    const left = new Set(result.sheets);
    const sheetName = (id: string) => excel.spreadsheet.sheets().find((sheet) => sheet.id === id)!.name;
    for (const cell of cells) {
      if (!left.has(sheetName(cell.place.sheetId))) cell.floor = Math.max(cell.floor, version);
    }
  }

  /** Formulas converted to values must show correct values, and are no longer our formulas. */
  function takeConverted(): void {
    for (const cell of [...placed]) {
      const { formula } = excel.spreadsheet.read(cell.place)[0]![0]!;
      if (String(formula).startsWith("=")) continue;
      placed.splice(placed.indexOf(cell), 1);
      const rows = cell.kind === "table" || cell.kind === "named" ? 3 : 1;
      const columns = { table: 3, day: 2, named: 2, number: 1, lookup: 1, miss: 1, wrapped: 1 }[cell.kind];
      const cells = excel.spreadsheet.read({ ...cell.place, rows, columns });
      if (cell.kind === "wrapped" && saysSo(cells[0]![0]!)) continue;
      const found = wrongIn(cells, cell);
      const old = "version" in found && !book.isPaused() && found.version < cell.floor;
      if ("wrong" in found || old) {
        const what =
          "wrong" in found ? found.wrong : `version ${found.version}, at least ${cell.floor} was told`;
        broken ??= new Error(`${cell.kind} ${cell.question} was converted to ${what}.`);
      }
    }
  }

  return {
    open: () => open,
    broken: () => broken,
    async press(name) {
      const page = book.page();
      const cells = reached(name);
      const { version } = source;
      const promiseTables = book.tables.promiseFor(version);
      const selection = excel.spreadsheet.selection();
      const toggles = name === "togglePause" ? 1 : 0;
      open++;
      book.toggles += toggles;
      try {
        await excel.press(name);
        if (name === "convertSelection" && page.confirmation.question()) await excel.press("allow");
      } catch {
        // The runtime has ended meanwhile.
        return undefined;
      } finally {
        open--;
        book.toggles -= toggles;
      }
      if (name === "convertSelection") takeConverted();
      const outcome = page.lastOutcome();
      if (outcome?.command !== name) return undefined;
      // The add-in may have read another selection than at the time of the press.
      const isOther = name !== "refreshWorkbook" && excel.spreadsheet.selection() !== selection;
      if (name.startsWith("refresh") && !outcome.error && !isOther) promise(cells, version, outcome);
      if (name === "refreshWorkbook" && outcome.result) promiseTables();
      return outcome;
    },
  };
}
