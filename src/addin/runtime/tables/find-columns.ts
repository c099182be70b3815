/**
 * Finds the query's columns in a table. A person may have renamed, moved or deleted some and added others.
 * @module
 */
import type { KeptTable } from "./kept-tables.ts";

/**
 * Finds a column by its heading. A renamed column is found at its old position, if the columns to its left are
 * unchanged, none was deleted, and the heading is new.
 * @param now the table's current headings
 * @returns for each field its column, counted from 0; undefined if it was deleted
 */
export function findColumns(
  { headings, row }: Pick<KeptTable, "headings" | "row">,
  now: readonly string[],
): (number | undefined)[] {
  const before = row.map(lowerCase);
  const present = now.map(lowerCase);
  const isNew = (heading = "") => !before.includes(heading);
  const isRenamed = (place: number) =>
    present.length >= before.length &&
    isNew(present[place]) &&
    before.slice(0, place).every((heading, at) => present[at] === heading || isNew(present[at]));
  return headings.map(lowerCase).map((heading) => {
    const found = present.indexOf(heading);
    if (found >= 0) return found;
    const place = before.indexOf(heading);
    return place >= 0 && isRenamed(place) ? place : undefined;
  });
}

/** Adjacent columns, from left to right. */
export interface ColumnRun {
  /** Its first column in the table. */
  readonly start: number;
  /** The field index of each of its columns. */
  readonly fields: readonly number[];
}

/** Groups the columns into as few runs as possible. */
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
