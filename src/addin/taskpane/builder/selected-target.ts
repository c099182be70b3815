/**
 * Whether the primary button changes what is being edited, because it is what is selected.
 * @module
 */
import { type CellFormula, readSelection } from "../cells/selection.ts";
import { writingTexts } from "../texts/writing.ts";
import { contains } from "./beside/place.ts";
import type { Builder, Outcome } from "./builder.ts";

/** Whether the formula or table being edited is the selected one, or nothing is known to be selected. */
export function isEditedSelected({
  editing,
  editedTable,
  selection,
}: Pick<Builder, "editing" | "editedTable" | "selection">): boolean {
  if (editedTable) return selection === undefined || selection.table?.key === editedTable.key;
  if (!editing) return false;
  const { address, sheetId } = editing.cell;
  if (editing.block && selection) return contains(editing.block, selection);
  const formula = selection?.formula;
  return selection === undefined || (formula?.address === address && formula.sheetId === sheetId);
}

/** Whether a cell's formula is the one being edited, or one that was filled with it. */
export function isEdited({ editing }: Builder, { sheetId, address, formula }: CellFormula): boolean {
  if (editing?.block) return contains(editing.block, { sheetId, address });
  const cell = editing?.cell;
  return cell?.sheetId === sheetId && cell.address === address && cell.formula === formula;
}

/**
 * Call this before a change of what is being edited. The primary button must not change it when something else is
 * selected by now: some releases do not report every selection (office-js 533, 6311).
 * @returns what to tell instead of changing anything
 */
export async function selectedElsewhere(builder: Builder): Promise<Outcome | undefined> {
  if (!isEditedSelected(builder)) return undefined;
  const { editing, editedTable } = builder;
  // A chart may be selected: then only the named cell can be meant.
  const selection = await readSelection(builder.size).catch(() => undefined);
  if (isEditedSelected({ editing, editedTable, selection })) return undefined;
  builder.selection = selection;
  return selection && { text: writingTexts.moved(selection.address, selection.blocked) };
}
