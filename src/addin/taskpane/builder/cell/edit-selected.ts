/**
 * Opens the selected cell's formula in the builder, on request from the cell menu, the ribbon or a shortcut.
 * @module
 */
import { announce } from "../../common/announce.ts";
import { focusSoon } from "../../common/focus.ts";
import { cellTexts } from "../../texts/cell.ts";
import { type Builder, headingId } from "../builder.ts";
import { readCalls } from "../formula/kal-call.ts";
import { readSelectedFormula, readSelectedTable } from "../../cells/selection.ts";
import { isEdited } from "../selected-target.ts";
import { tableCall } from "../tables.ts";

/** Opens the formula if it has exactly one query; otherwise the pane shows its calls. */
export async function editSelected(builder: Builder): Promise<void> {
  // A chart may be selected instead of a cell.
  const cell = await readSelectedFormula().catch(() => undefined);
  builder.selected = cell;
  const table = cell ? undefined : await readSelectedTable().catch(() => undefined);
  if (table) return builder.replace(tableCall(table), { editedTable: table });
  builder.isNothingToEdit = cell === undefined;
  const [original, ...others] = cell ? readCalls(cell.formula) : [];
  if (cell && original && others.length === 0 && !isEdited(builder, cell)) {
    return builder.open(cell, original);
  }
  if (!cell) announce(cellTexts.nothing);
  focusSoon(headingId);
}
