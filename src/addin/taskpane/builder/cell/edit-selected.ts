/**
 * Taking up the selected cell's formula because a person has asked for it outside the pane: in the menu of cells, on
 * the ribbon or by a key.
 * @module
 */
import { announce } from "../../common/announce.ts";
import { focusSoon } from "../../common/focus.ts";
import { texts } from "../../texts/builder.ts";
import { type Builder, headingId, isEdited } from "../builder.ts";
import { readQueryCalls } from "../formula/query-call.ts";
import { readSelectedFormula } from "../../cells/selection.ts";

/** Opens the one query of the formula; where there are several, or another function, the pane shows them. */
export async function editSelected(builder: Builder): Promise<void> {
  // A chart may be selected: then there is no cell to speak of.
  const cell = await readSelectedFormula().catch(() => undefined);
  builder.selected = cell;
  builder.isNothingToEdit = cell === undefined;
  const [original, ...others] = cell ? readQueryCalls(cell.formula) : [];
  if (cell && original && others.length === 0 && !isEdited(builder, cell)) {
    return builder.replace(original.call, { cell, original });
  }
  if (!cell) announce(texts.cell.nothing);
  focusSoon(headingId);
}
