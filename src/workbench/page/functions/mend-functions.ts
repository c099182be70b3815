/**
 * Corrects functions of the grid that give wrong results.
 * @module
 */
import { ArrayValueObject, IFunctionService } from "@univerjs/engine-formula";
import { sheetSize } from "../../../excel/limits.ts";
import type { Grid } from "../grid/grid.ts";

export function mendFunctions({ injector }: Grid): void {
  const functions = injector.get(IFunctionService);
  // It would sort the values that other formulas of the same calculation share.
  const sort = functions.getExecutor("SORT");
  const calculate = sort?.calculate.bind(sort);
  if (sort && calculate) {
    sort.calculate = (array, ...rest) =>
      calculate(array instanceof ArrayValueObject ? array.clone() : array, ...rest);
  }
  // They would refuse a result larger than the sheet, but sheets grow.
  for (const name of ["SEQUENCE", "RANDARRAY"]) {
    const grows = functions.getExecutor(name);
    const setSize = grows?.setSheetRowColumnCount.bind(grows);
    if (grows && setSize) grows.setSheetRowColumnCount = () => setSize(sheetSize.rows, sheetSize.columns);
  }
}
