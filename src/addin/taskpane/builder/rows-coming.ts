/**
 * How many rows come, and whether a formula can hold them.
 * @module
 */
import { runtime } from "../../addin.ts";
import { maxResultChars, toCells } from "../../runtime/cells.ts";
import { texts } from "../texts/builder-parts.ts";
import { addressOf } from "../../../excel/address.ts";
import { texts as besideTexts } from "../texts/beside.ts";
import { isPlace } from "./beside/place.ts";
import type { Builder } from "./builder.ts";
import { isEditedSelected } from "./selected-target.ts";

/** Whether a table is the better place: the result is too large for one formula, or nobody knows how large it is. */
export function needsTable(builder: Builder): boolean {
  const { answer, count } = builder.preview;
  if (builder.draft.goal !== "rows") return false;
  if (builder.isTooLarge) return true;
  if (!answer || !count || answer.rows.length === 0) return false;
  if (count.hasMore) return true;
  const form = { ...runtime.valueSettings.cellForm(), dates: "serial" } as const;
  const { characters } = toCells(answer, 0, form);
  return (characters / answer.rows.length) * count.rows > maxResultChars;
}

/** In words; undefined until it is known. */
export function rowsComing(builder: Builder): string | undefined {
  if (builder.draft.goal === "beside") return formulasComing(builder);
  const { count } = builder.preview;
  if (!count) return undefined;
  const words = texts.preview.count(count.rows, count.hasMore);
  return needsTable(builder) ? `${words} ${texts.table.better}` : words;
}

/** How many cells of a lookup get a formula, or why none can. */
function formulasComing(builder: Builder): string | undefined {
  const { place } = builder;
  if (!isPlace(place)) return place && besideTexts.problems[place];
  if (isEditedSelected(builder)) return undefined;
  const { cells, headings } = place;
  const above = { ...cells, row: cells.row - 1, rows: 1, columns: headings.length };
  return besideTexts.fills(cells.rows * cells.columns, headings.length > 0 ? addressOf(above) : undefined);
}
