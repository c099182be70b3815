/**
 * The contents of a table's cells.
 * @module
 */
import type { Table } from "../../../kalibrate/table.ts";
import { type Cell, type CellForm, toCell } from "../cells.ts";
import { asTyped } from "../workbook/as-typed.ts";
import type { Content } from "./chunks.ts";

/** The contents of a table's rows. A generator, because all rows at once would double the memory. */
export function* contentsOf({ columns, rows }: Table, form: CellForm): Generator<Content[]> {
  for (const row of rows) {
    yield columns.map((column, index) => contentOf(toCell(row[index] ?? null, column, form)));
  }
}

function contentOf(cell: Cell): Content {
  if (typeof cell !== "object") return asTyped(cell);
  // Writing an error code counts as typing it.
  return "basicValue" in cell ? cell.basicValue : cell.code;
}

/**
 * The headings of a table's columns. Excel requires them to differ by more than letter case.
 * @param headers 1 the fields' names, 2 readable labels
 */
export function headingsOf({ columns }: Table, headers: 1 | 2): string[] {
  const taken = new Set<string>();
  return columns.map(({ name, label }) => {
    const text = headers === 1 ? name : label;
    let heading = text;
    for (let number = 2; taken.has(heading.toLowerCase()); number++) heading = `${text} ${number}`;
    taken.add(heading.toLowerCase());
    return heading;
  });
}
