/**
 * Which columns of a table are the query's: a person may have renamed, moved or deleted them, and put others beside.
 * @module
 */
import type { KeptTable } from "./kept-tables.ts";

/**
 * A column is found by its heading, or else, renamed, in its old place: where all to its left is as it was, nothing
 * has been taken away, and the heading is a new one.
 * @param now the headings that the table has
 * @returns for each field its column, counted from 0; undefined where it was deleted
 */
export function findColumns(
  { headings, row }: Pick<KeptTable, "headings" | "row">,
  now: readonly string[],
): (number | undefined)[] {
  const before = row.map(lowerCase);
  const present = now.map(lowerCase);
  const isNew = (place: number) => !before.includes(present[place]!);
  const isAsItWas = (place: number) => present[place] === before[place] || isNew(place);
  const isRenamed = (place: number) =>
    present.length >= before.length && isNew(place) && before.slice(0, place).every((_, at) => isAsItWas(at));
  return headings.map(lowerCase).map((heading) => {
    const found = present.indexOf(heading);
    if (found >= 0) return found;
    const place = before.indexOf(heading);
    return place >= 0 && isRenamed(place) ? place : undefined;
  });
}

/** Columns that stand side by side, from left to right. */
export interface ColumnRun {
  /** The table's column in which it begins. */
  readonly start: number;
  /** For each of its columns the number of its field. */
  readonly fields: readonly number[];
}

/** As few runs as the columns' places allow. */
export function runsOf(places: readonly (number | undefined)[]): ColumnRun[] {
  const runs: { start: number; fields: number[] }[] = [];
  const present = places.flatMap((place, field) => (place === undefined ? [] : [{ place, field }]));
  for (const { place, field } of present.sort((a, b) => a.place - b.place)) {
    const run = runs.at(-1);
    if (run && run.start + run.fields.length === place) run.fields.push(field);
    else runs.push({ start: place, fields: [field] });
  }
  return runs;
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
