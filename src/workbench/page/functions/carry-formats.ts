/**
 * The number formats of answers stay with the numbers when other formulas pass them on: a date of KAL.QUERY is a date in
 * =FILTER(…) too.
 *
 * A format is custom data of a value, which the grid keeps with the value. The grid's own pattern of a number does not
 * work: it would be written into the style of a formula's first cell and remain when the formula is gone, and text
 * functions would use the formatted text instead of the number.
 * @module
 */
import type { ICellData, Nullable } from "@univerjs/core";
import { BaseReferenceObject, type BaseValueObject, NumberValueObject } from "@univerjs/engine-formula";

/** The format of this number, "" for none; it does not apply to another number in the same cell. */
interface CarriedFormat {
  readonly numberFormat: string;
  readonly of: number;
}

/** A number without a format says so: the grid keeps the last custom data of a formula's own cell until others come. */
export function numberWithFormat(value: number, numberFormat = ""): BaseValueObject {
  return NumberValueObject.create(value).withCustomData({ numberFormat, of: value } satisfies CarriedFormat);
}

/** @returns the format of the number in a cell; undefined if the number has none */
export function carriedFormat(cell: Nullable<ICellData>): string | undefined {
  const { numberFormat, of } = (cell?.custom ?? {}) as Partial<CarriedFormat>;
  return numberFormat && isSameNumber(of, cell?.v) ? numberFormat : undefined;
}

/** Lets formulas that refer to cells take over the formats of the numbers. */
export function carryFormats(): void {
  const { prototype } = BaseReferenceObject;
  const read = prototype.getCellValueObject;
  prototype.getCellValueObject = function (cell) {
    const value = read.call(this, cell);
    return value.isNumber() && carriedFormat(cell) !== undefined ? value.withCustomData(cell.custom) : value;
  };
}

/** The grid rounds values in a formula's own cell to fifteen digits, but not in spilled cells. */
function isSameNumber(left: unknown, right: unknown): boolean {
  return (
    typeof left === "number" && typeof right === "number" && left.toPrecision(15) === right.toPrecision(15)
  );
}
