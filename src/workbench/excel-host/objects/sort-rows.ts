/**
 * Sorts the rows of an area.
 * @module
 */
import type { Area, CellReading, SortField, SpreadsheetModel } from "../model.ts";

/** Sorts as Excel does: numbers before texts before logical values, empty cells always last. */
export function sortRows(model: SpreadsheetModel, area: Area, fields: readonly SortField[]): void {
  const rows = model.read(area).map((cells) => ({ cells, contents: cells.map(({ formula }) => formula) }));
  rows.sort((left, right) => {
    for (const { key, ascending } of fields) {
      const order = compare(left.cells[key], right.cells[key], ascending);
      if (order !== 0) return order;
    }
    return 0;
  });
  model.write(
    area,
    rows.map(({ contents }) => contents),
  );
}

const kinds = ["number", "string", "boolean"];

function compare(left: CellReading | undefined, right: CellReading | undefined, ascending: boolean): number {
  const [a, b] = [left?.value ?? "", right?.value ?? ""];
  if (a === "" || b === "") return Number(a === "") - Number(b === "");
  const kind = kinds.indexOf(typeof a) - kinds.indexOf(typeof b);
  const order =
    kind ||
    (typeof a === "string"
      ? a.localeCompare(String(b), "en", { sensitivity: "base" })
      : Number(a) - Number(b));
  return ascending ? order : -order;
}
