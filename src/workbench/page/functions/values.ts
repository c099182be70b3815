/**
 * Converts values between the grid's formula engine and the emulated Excel.
 * @module
 */
import type { Nullable } from "@univerjs/core";
import {
  ArrayValueObject,
  type BaseValueObject,
  BooleanValueObject,
  type ErrorType,
  ErrorValueObject,
  StringValueObject,
} from "@univerjs/engine-formula";
import type { Argument, ScalarArgument } from "../../excel-host/arguments.ts";
import { numberWithFormat } from "./carry-formats.ts";
import { type Cell, type CellResult, type ErrorName, isCellError } from "../../excel-host/cells.ts";

/** Converts an argument of the formula engine; a reference to one cell is an array of one. */
export function toArgument(value: BaseValueObject | undefined): Argument {
  if (value === undefined) return undefined;
  return value.isArray() ? value.getArrayValue().map((row) => row.map(toScalar)) : toScalar(value);
}

function toScalar(value: Nullable<BaseValueObject>): ScalarArgument {
  if (!value || value.isNull()) return null;
  if (value.isError()) return { error: String(value.getValue()) as ErrorName };
  return value.getValue();
}

/** Converts the cells of a result for the formula engine to spill. */
export function toValueObject(cells: CellResult): BaseValueObject {
  const values = cells.map((row) => row.map(toCellObject));
  const first = values[0]?.[0];
  if (first && values.length === 1 && values[0]?.length === 1) return first;
  const size = { rowCount: values.length, columnCount: values[0]?.length ?? 0 };
  return ArrayValueObject.create({
    calculateValueList: values,
    ...size,
    unitId: "",
    sheetId: "",
    row: -1,
    column: -1,
  });
}

function toCellObject(cell: Cell): BaseValueObject {
  // The engine knows fewer errors than Excel but accepts any.
  if (isCellError(cell)) return ErrorValueObject.create(cell.error as ErrorType);
  const { value } = cell;
  if (typeof value === "number") return numberWithFormat(value, cell.numberFormat);
  return typeof value === "boolean" ? BooleanValueObject.create(value) : StringValueObject.create(value);
}
