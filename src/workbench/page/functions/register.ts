/**
 * Registers the add-in's functions in the grid: callable in formulas, with help while typing.
 * @module
 */
import { BooleanNumber } from "@univerjs/core";
import {
  BaseFunction,
  type BaseValueObject,
  ERROR_TYPE_SET,
  type ErrorType,
  FormulaExecuteStageType,
  FunctionType,
  type IFunctionInfo,
  IFormulaRuntimeService,
  IFunctionService,
} from "@univerjs/engine-formula";
import { IDescriptionService } from "@univerjs/sheets-formula";
import type { FunctionMetadata, FunctionsMetadata } from "../../excel-host/functions-metadata.ts";
import type { Grid } from "../grid/grid.ts";
import type { Calls } from "./calls.ts";
import { toArgument, toValueObject } from "./values.ts";

/** As in the manifest's resource `Functions.Namespace`. */
const namespace = "KAL";

export function registerFunctions({ injector }: Grid, { functions }: FunctionsMetadata, calls: Calls): void {
  // Otherwise a displayed #BUSY! counts as text in the next calculation.
  ERROR_TYPE_SET.add("#BUSY!" as ErrorType);
  const runtime = injector.get(IFormulaRuntimeService);
  // Within one calculation, the engine evaluates cells that depend on a spilled range twice.
  const round = () =>
    runtime.getFormulaExecuteStage() >= FormulaExecuteStageType.START_DEPENDENCY_ARRAY_FORMULA ? 2 : 1;
  injector
    .get(IFunctionService)
    .registerExecutors(...functions.map((entry) => createFunction(entry, calls, round)));
  injector.get(IDescriptionService).registerDescriptions(functions.map(describe));
}

function createFunction(entry: FunctionMetadata, calls: Calls, round: () => number): BaseFunction {
  // The name as people write it, for messages about its arguments.
  const named = { ...entry, name: nameOf(entry) };
  class AddinFunction extends BaseFunction {
    // The emulated Excel checks the number of arguments, because it can say what is wrong.
    override minParams = 0;
    override maxParams = 255;

    // A quoted text stays text, as in Excel. The grid would try to read each as a date, a time and a number, which
    // takes a tenth of a millisecond, and pass "2026-01-31" as 46053.
    override isArgumentsIgnoreNumberPattern(): boolean {
      return true;
    }

    override calculate(...values: BaseValueObject[]): BaseValueObject {
      const place = { sheetId: this.subUnitId ?? "", row: this.row, column: this.column };
      return toValueObject(calls.evaluate(place, named, values.map(toArgument), round()));
    }
  }
  return new AddinFunction(named.name);
}

/** The name as people write it: KAL.QUERY */
export function nameOf({ name }: FunctionMetadata): string {
  return `${namespace}.${name.toUpperCase()}`;
}

/** Examples in the parameter help, by parameter name. */
const examples: Readonly<Record<string, string>> = {
  collection: '"site"',
  query: '"(entityVariant=Own)"',
  fields: '"importCode, name"',
  headers: "2",
  limit: "10",
  field: '"name"',
  keys: '"importCode"',
  value: "A2",
  property: '"state"',
  connection: '"sample"',
};

function describe(entry: FunctionMetadata): IFunctionInfo {
  const description = entry.description ?? "";
  return {
    functionName: nameOf(entry),
    functionType: FunctionType.User,
    abstract: description,
    description,
    functionParameter: entry.parameters.map((parameter) => ({
      name: parameter.name,
      detail: parameter.description ?? "",
      example: examples[parameter.name] ?? parameter.name,
      require: parameter.optional ? BooleanNumber.FALSE : BooleanNumber.TRUE,
      repeat: parameter.repeating ? BooleanNumber.TRUE : BooleanNumber.FALSE,
    })),
  };
}
