/**
 * Determines which values a lookup requests, and the shape of its result.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";

/** Cells of one argument: at least one row, all rows of equal length. */
export type Matrix = readonly (readonly unknown[])[];

export interface LookupShape {
  readonly rows: number;
  readonly columns: number;
  /** The values, one per key, for a position in the result. */
  readonly valuesAt: (row: number, column: number) => unknown[];
}

/**
 * The result has the shape of the ranges; a column with a row makes a grid; single values repeat.
 * @param matrices one per key
 * @throws KalError KAL_ARGUMENT_INVALID if the shapes do not match.
 */
export function shapeOf(matrices: readonly Matrix[]): LookupShape {
  const ranges = matrices.filter((matrix) => !isSingle(matrix));
  const [first] = ranges;
  if (!first) return { rows: 1, columns: 1, valuesAt: () => matrices.map((matrix) => matrix[0]?.[0]) };
  const rows = Math.max(...ranges.map(heightOf));
  const columns = Math.max(...ranges.map(widthOf));
  const areEqual = ranges.every(
    (range) => heightOf(range) === heightOf(first) && widthOf(range) === widthOf(first),
  );
  const isGrid = ranges.every((range) => isColumn(range, rows) || isRow(range, columns));
  if (!areEqual && !isGrid) {
    const sizes = ranges.map((range) => `${heightOf(range)}×${widthOf(range)}`).join(", ");
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: `The sizes of the ranges do not match: ${sizes} (rows×columns).`,
      hint: "Give ranges of equal size, one column with one row, or single values.",
    });
  }
  return {
    rows,
    columns,
    valuesAt: (row, column) =>
      matrices.map(
        (matrix) => matrix[Math.min(row, heightOf(matrix) - 1)]?.[Math.min(column, widthOf(matrix) - 1)],
      ),
  };
}

const heightOf = (matrix: Matrix): number => matrix.length;
const widthOf = (matrix: Matrix): number => matrix[0]?.length ?? 0;
export const isSingle = (matrix: Matrix): boolean => heightOf(matrix) <= 1 && widthOf(matrix) <= 1;
const isColumn = (matrix: Matrix, rows: number): boolean =>
  heightOf(matrix) === rows && widthOf(matrix) === 1;
const isRow = (matrix: Matrix, columns: number): boolean =>
  heightOf(matrix) === 1 && widthOf(matrix) === columns;
