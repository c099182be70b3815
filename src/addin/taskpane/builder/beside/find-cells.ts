/**
 * Finds the cells that the arguments of an opened lookup refer to.
 * @module
 */
import { readReferences } from "../../cells/read-cells.ts";
import type { Builder } from "../builder.ts";

/** Never rejects: a reference that cannot be followed stays as it is written. */
export async function findCells(builder: Builder): Promise<void> {
  const { draft, editing } = builder;
  const block = editing?.block;
  if (!block) return;
  const sources = [...draft.keys, draft.moment];
  const references = sources.map(({ expression }) => expression);
  const found = await readReferences(references, block).catch(() => []);
  if (builder.editing !== editing) return;
  for (const [at, source] of sources.entries()) source.cells ??= found[at];
  builder.changed();
}
