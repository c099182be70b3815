/**
 * Operations on areas of cells: intersection, bounding area, grouping.
 * @module
 */
import type { Area } from "./model.ts";

/** The cells that both areas contain; undefined if there are none or they are on different sheets. */
export function intersection(left: Area, right: Area): Area | undefined {
  const row = Math.max(left.row, right.row);
  const column = Math.max(left.column, right.column);
  const rows = Math.min(left.row + left.rows, right.row + right.rows) - row;
  const columns = Math.min(left.column + left.columns, right.column + right.columns) - column;
  if (left.sheetId !== right.sheetId || rows <= 0 || columns <= 0) return undefined;
  return { sheetId: left.sheetId, row, column, rows, columns };
}

/** The smallest area that contains all of them; undefined for none. */
export function boundingArea(areas: readonly Area[]): Area | undefined {
  const [first] = areas;
  return first && areas.reduce(boundingRect, first);
}

/** The smallest area that holds both, which are on the same sheet. */
export function boundingRect(left: Area, right: Area): Area {
  const row = Math.min(left.row, right.row);
  const column = Math.min(left.column, right.column);
  return {
    sheetId: left.sheetId,
    row,
    column,
    rows: Math.max(left.row + left.rows, right.row + right.rows) - row,
    columns: Math.max(left.column + left.columns, right.column + right.columns) - column,
  };
}

/** The cells of an area, row by row. */
export function* cellsOf({ sheetId, row, column, rows, columns }: Area): Generator<Area> {
  for (let down = 0; down < rows; down++) {
    for (let right = 0; right < columns; right++) {
      yield { sheetId, row: row + down, column: column + right, rows: 1, columns: 1 };
    }
  }
}

/** The cells that match the predicate, grouped into few areas by merging adjacent runs. */
export function areasWhere<Cell>(
  area: Area,
  matrix: readonly (readonly Cell[])[],
  matches: (cell: Cell) => boolean,
): Area[] {
  const finished: Area[] = [];
  let open: Area[] = [];
  for (const [down, line] of matrix.entries()) {
    const runs: Area[] = [];
    for (const { start, length } of runsOf(line, matches)) {
      const run = { ...area, row: area.row + down, column: area.column + start, rows: 1, columns: length };
      const above = open.find(({ column, columns }) => column === run.column && columns === run.columns);
      runs.push(above ? { ...above, rows: above.rows + 1 } : run);
      if (above) open = open.filter((area) => area !== above);
    }
    finished.push(...open);
    open = runs;
  }
  return [...finished, ...open].sort((a, b) => a.row - b.row || a.column - b.column);
}

function runsOf<Cell>(line: readonly Cell[], matches: (cell: Cell) => boolean) {
  const runs: { readonly start: number; length: number }[] = [];
  for (const [at, cell] of line.entries()) {
    if (!matches(cell)) continue;
    const last = runs.at(-1);
    if (last && last.start + last.length === at) last.length += 1;
    else runs.push({ start: at, length: 1 });
  }
  return runs;
}
