/**
 * The formula as Excel would copy it into another cell: relative references move along.
 * @module
 */
import { columnIndex, columnName } from "../../../excel/address.ts";
import { sheetSize } from "../../../excel/limits.ts";

/** Texts, names of sheets in apostrophes and columns of tables are skipped; then a reference to a cell. */
const pattern =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|(?<![\p{L}\p{N}_.$])(?<c>\$?)(?<column>[A-Z]{1,3})(?<r>\$?)(?<row>\d{1,7})(?![\p{L}\p{N}_.(!])/giu;

/** @returns `#REF!` where a reference would leave the sheet, as Excel does */
export function moveFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  return formula.replace(pattern, (text: string, ...rest: unknown[]) => {
    const { c, column, r, row } = rest.at(-1) as Partial<Record<string, string>>;
    if (column === undefined || row === undefined) return text;
    const right = columnIndex(column);
    const down = Number(row) - 1;
    if (right >= sheetSize.columns || down >= sheetSize.rows || down < 0) return text;
    const nextColumn = right + (c === "$" ? 0 : columns);
    const nextRow = down + (r === "$" ? 0 : rows);
    const isInside =
      nextColumn >= 0 && nextColumn < sheetSize.columns && nextRow >= 0 && nextRow < sheetSize.rows;
    if (!isInside) return "#REF!";
    const moved = `${c}${c === "$" ? column : columnName(nextColumn)}${r}${nextRow + 1}`;
    return moved;
  });
}
