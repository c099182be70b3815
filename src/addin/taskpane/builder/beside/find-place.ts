/**
 * Finds where the formulas of a lookup go: beside the cells with their keys, where nothing is in the way.
 * @module
 */
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { parseAddress, splitAddress } from "../../../../excel/address.ts";
import { readFilled } from "../../cells/read-cells.ts";
import type { Selection } from "../../cells/selection.ts";
import type { Draft } from "../draft.ts";
import { freeColumn, isFree, type Place, type PlaceProblem, type Span, spanOf } from "./place.ts";
import { chosenIn } from "./source.ts";

/** More formulas would take Excel long. */
const maxRows = 20_000;

/** @returns undefined where no key is in cells; then the formula goes into one cell. */
export async function findPlace(
  { keys, moment, when, fields }: Draft,
  selection: Selection | undefined,
): Promise<Place | PlaceProblem | undefined> {
  const sources = when === "cells" ? [...keys, moment] : keys;
  const span = spanOf(sources.flatMap(({ cells }) => cells ?? []));
  if (span === undefined || typeof span === "string") return span;
  if (span.rows > maxRows) return "tooManyRows";
  const chosen = keys
    .filter(({ cells, expression }) => !cells && expression === undefined)
    .map(chosenIn)
    .filter((values) => values.length > 0);
  const several = Math.max(fields.length, ...chosen.map(({ length }) => length));
  const ways = [span.columns, fields.length, ...chosen.map(({ length }) => length)];
  if (ways.filter((length) => length > 1).length > 1) return "tooManyColumns";
  const width = Math.max(1, span.columns, several);
  if (span.row === undefined) return placeBelow(span, width);
  return placeBeside(span, span.row, width, chosen[0] ?? [], fields, selection);
}

/** @param values the chosen ones of a key, which become headings where there is room for them */
async function placeBeside(
  span: Span,
  row: number,
  width: number,
  values: readonly string[],
  fields: readonly string[],
  selection: Selection | undefined,
): Promise<Place> {
  const { sheetId, prefix, rows, nextColumn } = span;
  const above = row > 0 ? 1 : 0;
  const filled = await readFilled(sheetId, row - above, rows + above);
  const body = filled.slice(above);
  const selected = selection?.sheetId === sheetId ? placeOf(selection).column : -1;
  const isSelected = selected >= nextColumn && isFree(body, selected, width);
  const column = span.column ?? (isSelected ? selected : freeColumn(body, nextColumn, width));
  const [head = []] = above === 1 && span.column === undefined ? filled : [];
  const hasRoom = above === 1 && span.column === undefined && isFree([head], column, width);
  const areHeadingsKeys = hasRoom && values.length > 0;
  const labels = head[nextColumn - 1] ? fields.map((path) => labelOf(path)) : [];
  const columns = span.column === undefined ? (areHeadingsKeys ? values.length : 1) : span.columns;
  return {
    cells: { sheetId, prefix, row, column, rows, columns },
    width,
    headings: areHeadingsKeys ? values : hasRoom ? labels : [],
    areHeadingsKeys,
  };
}

/** Below a row of keys: the next row that is free. */
async function placeBelow(
  { sheetId, prefix, column = 0, columns, nextRow }: Span,
  width: number,
): Promise<Place> {
  const filled = await readFilled(sheetId, nextRow, 100);
  const free = filled.findIndex((row) => isFree([row], column, width));
  const cells = { sheetId, prefix, row: nextRow + Math.max(0, free), column, rows: 1, columns };
  return { cells, width, headings: [], areHeadingsKeys: false };
}

function placeOf({ address }: Selection) {
  return parseAddress(splitAddress(address).cells);
}
