/**
 * The end of a stretch: whatever was broken works again, people press what the help tells them to, and everything
 * comes to its end.
 * @module
 */
import type { CommandOutcome } from "../../../../src/addin/runtime/command-outcome.ts";
import type { Scene } from "./actions.ts";
import { saysSo } from "./formulas.ts";

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
  const { error } = await press("refreshWorkbook");
  if (error) throw error;
  await clock.pass(60_000);
  book.check();
  for (const one of book.placed) {
    const [[first] = []] = book.read(one).cells;
    const isMissing = one.kind === "miss" && first!.value === "#N/A";
    if (saysSo(first!) && !isMissing) throw new Error(`${one.kind} ${one.question} stays ${first!.value}.`);
    if (book.read(one).waits) throw new Error(`${one.kind} ${one.question} waits for ever.`);
    if (one.floor < source.version) throw new Error(`${one.kind} ${one.question} was not refreshed.`);
  }
}
