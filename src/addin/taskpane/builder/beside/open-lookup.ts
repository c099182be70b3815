/**
 * Opens a lookup of a cell in the builder: one that was filled into many cells is opened as a whole.
 * @module
 */
import { readBlock } from "../../cells/read-cells.ts";
import type { CellFormula } from "../../cells/selection.ts";
import type { Builder, Editing } from "../builder.ts";
import { type PlacedCall, readCalls } from "../formula/kal-call.ts";
import { findCells } from "./find-cells.ts";

export async function openLookup(builder: Builder, cell: CellFormula, original: PlacedCall): Promise<void> {
  const editing = (await blockOf(cell, original)) ?? { cell, original };
  builder.replace(editing.original.call, { editing });
  await findCells(builder);
}

/** Undefined where the sheet cannot be read: then the one formula is opened. */
async function blockOf(cell: CellFormula, original: PlacedCall): Promise<Editing | undefined> {
  const at = readCalls(cell.formula).findIndex(({ span }) => span.start === original.span.start);
  const block = await readBlock(cell).catch(() => undefined);
  const first = block && readCalls(block.first.formula)[at];
  return first && { cell: block.first, original: first, block: block.cells };
}
