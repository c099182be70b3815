/**
 * The commands that convert formulas to values.
 * @module
 */
import type { CommandNote, CommandResult } from "../runtime/command-outcome.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { convertToValues } from "../runtime/workbook/convert-to-values.ts";
import type { Scope } from "../runtime/workbook/kal-cells.ts";
import { snapshotSheet } from "../runtime/workbook/snapshot-sheet.ts";

/** @returns undefined if there was nothing to convert */
export async function convert(scope: Scope, runtime: Runtime): Promise<CommandResult | undefined> {
  const { converted, left, waiting, narrow, changed, unread } = await convertToValues(scope, runtime);
  if (converted + left + waiting + narrow + changed + unread.length === 0) return undefined;
  return { did: { converted }, errors: left, waiting, narrow, changed, sheets: unread };
}

export async function snapshot({ openCalls, now }: Runtime): Promise<CommandNote | CommandResult> {
  const made = await snapshotSheet(openCalls, now());
  if ("sheet" in made) return { did: { snapshot: made.sheet } };
  return made.problem === "empty" ? "emptySheet" : "stillWaiting";
}
