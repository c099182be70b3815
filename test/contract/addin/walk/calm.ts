/**
 * Ends a stretch of a walk: all faults are removed, people press what the help tells them, and everything finishes.
 * @module
 */
import type { CommandOutcome } from "../../../../src/addin/runtime/command-outcome.ts";
import type { Scene } from "./actions.ts";
import { saysSo } from "./formulas.ts";
import type { WalkWorkbook } from "./workbook.ts";

export async function calm({ book, presses }: Scene): Promise<void> {
  const { excel, behaviours, source, clock } = book;
  behaviours.window = "front";
  behaviours.functions = "there";
  behaviours.answers = "shown";
  for (const { id } of excel.spreadsheet.sheets()) excel.spreadsheet.setProtected(id, false);
  source.fault = "none";
  if (!book.isRunning()) await book.start();
  book.connect(true);

  async function press(name: string): Promise<CommandOutcome> {
    const outcome = await clock.passUntil(presses.press(name));
    if (presses.broken()) throw presses.broken()!;
    if (!outcome) throw new Error(`Nothing is told of ${name}.`);
    return outcome;
  }

  await clock.pass(60_000);
  if (presses.open() > 0) throw new Error(`${presses.open()} commands do not end.`);
  if (book.isPaused()) await press("togglePause");
  await press("retryFailed");
  await clock.pass(60_000);
  for (const one of book.placed) {
    const [[first] = []] = book.read(one).cells;
    if (first!.value === "#BUSY!") throw new Error(`${one.kind} ${one.question} stays #BUSY!.`);
  }
  if (book.tables.isOpen()) throw new Error("Tables are being written for ever.");
  const { error } = await press("refreshWorkbook");
  if (error) throw error;
  await clock.pass(60_000);
  book.check();
  if (behaviours.dateSystem === "1904") return checkThat1904IsRefused(book);
  book.tables.check(true);
  for (const one of book.placed) {
    const [[first] = []] = book.read(one).cells;
    const isMissing = one.kind === "miss" && first!.value === "#N/A";
    if (saysSo(first!) && !isMissing) throw new Error(`${one.kind} ${one.question} stays ${first!.value}.`);
    if (book.read(one).waits) throw new Error(`${one.kind} ${one.question} waits for ever.`);
    if (one.floor < source.version) throw new Error(`${one.kind} ${one.question} was not refreshed.`);
  }
}

function checkThat1904IsRefused({ placed, read }: WalkWorkbook): void {
  for (const one of placed) {
    const [[first] = []] = read(one).cells;
    if (!saysSo(first!))
      throw new Error(`${one.kind} ${one.question} shows ${first!.value} where days count from 1904.`);
  }
}
