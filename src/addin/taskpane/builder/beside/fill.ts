/**
 * Fills the cells beside the keys with formulas, and changes those that are being edited.
 * @module
 */
import { runtime } from "../../../addin.ts";
import { type ColumnLook, isMoney, looksOf } from "../../../runtime/workbook/column-look.ts";
import { fillCells, type Filled, fitFilled, refillCells, takeFillBack } from "../../cells/fill-cells.ts";
import { reasonOf } from "../../common/reason-of.ts";
import { texts as words } from "../../texts/beside.ts";
import { writingTexts } from "../../texts/writing.ts";
import type { Builder, Outcome } from "../builder.ts";
import { callOf, collectionPath, loadCall } from "../draft.ts";
import { endWhenGone } from "../end-when-gone.ts";
import { readCalls, writeFormula } from "../formula/kal-call.ts";
import { findCells } from "./find-cells.ts";
import { fullAddressOf, isPlace, type Place, placeAt, type SheetCells } from "./place.ts";

/** All cells that a place fills. */
export const filledBy = ({ cells, width }: Place): SheetCells => ({
  ...cells,
  columns: Math.max(width, cells.columns),
});

/** How the values look; as they would in a table. */
function lookOf({ draft, preview: { answer } }: Builder): ColumnLook | undefined {
  const [field = ""] = draft.fields;
  const collection = collectionPath(draft);
  const at = answer?.columns.findIndex(({ name }) => name === field) ?? -1;
  const look = answer && looksOf(collection, answer, runtime.valueSettings.rangeForm())[at];
  return look && isMoney(collection, field) ? look : look && { ...look, numberFormat: undefined };
}

/** Fills the place that the button names; from then on its formulas are being edited. */
export async function fill(builder: Builder): Promise<void> {
  const { draft, place } = builder;
  if (!isPlace(place)) return;
  const { cells, width, headings } = place;
  const formula = writeFormula(callOf(draft, place, true));
  await write(builder, words.filling, async () => {
    const filled = await fillCells({ cells, formula, width, headings, look: lookOf(builder) });
    if (typeof filled === "string") return { text: words.inTheWay(filled) };
    const count = cells.rows * cells.columns;
    const text = words.filled(fullAddressOf(filledBy(place)), count);
    const first = String(filled.formulas[headings.length > 0 ? 1 : 0]?.[0]);
    await edit(builder, cells, first);
    void fitFilled(filled).catch(() => undefined);
    return { text, undo: () => takeBack(builder, filled, undefined) };
  });
}

/** Changes all formulas that are being edited, in their cells. */
export async function updateAll(builder: Builder): Promise<void> {
  const { draft, editing } = builder;
  const block = editing?.block;
  if (!editing || !block) return;
  const before = editing.cell.formula;
  const formula = writeFormula(callOf(draft, placeAt(block)), editing.original);
  const address = fullAddressOf(block);
  await write(builder, words.filling, async () => {
    const filled = await refillCells(block, before, formula);
    if (!filled) return { text: words.changed(address) };
    await edit(builder, block, String(filled.formulas[0]?.[0]));
    return { text: words.updatedAll(address), undo: () => takeBack(builder, filled, before) };
  });
}

async function write(builder: Builder, waiting: string, work: () => Promise<Outcome>): Promise<void> {
  if (builder.isWriting) return;
  builder.isWriting = true;
  builder.outcome = { text: waiting };
  try {
    builder.outcome = await work();
    endWhenGone(builder);
  } catch (error) {
    builder.outcome = { text: writingTexts.refused(reasonOf(error)) };
  } finally {
    builder.isWriting = false;
  }
}

/** The formulas in these cells are the ones being edited from now on: the pane shows what they say. */
async function edit(builder: Builder, block: SheetCells, formula: string): Promise<void> {
  const [original] = readCalls(formula);
  if (!original) return;
  const { sheetId, prefix } = block;
  const address = fullAddressOf({ ...block, rows: 1, columns: 1, prefix });
  loadCall(builder.draft, original.call);
  builder.editedTable = undefined;
  builder.editing = { cell: { sheetId, address, formula }, original, block };
  await findCells(builder);
}

/** @param before the first formula that was there; undefined if there was none */
async function takeBack(builder: Builder, filled: Filled, before: string | undefined): Promise<void> {
  const address = fullAddressOf(filled.cells);
  try {
    if (!(await takeFillBack(filled))) {
      builder.outcome = { text: writingTexts.notUndone(address) };
      return;
    }
    if (before === undefined) {
      builder.editing = undefined;
      builder.changed();
    } else await edit(builder, filled.cells, before);
    builder.outcome = { text: words.undone(address) };
  } catch (error) {
    builder.outcome = { text: writingTexts.refused(reasonOf(error)) };
  }
}
