/**
 * Arguments on their way into a function: counted, converted to the declared types, padded.
 *
 * office.js appends the invocation object behind the values that come, so the host must send one value per
 * parameter.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { CellError } from "./cells.ts";
import { isCellError } from "./cells.ts";
import type { FunctionMetadata, ParameterMetadata } from "./functions-metadata.ts";

/** One value of a cell or a formula; null is an empty cell. */
export type ScalarArgument = string | number | boolean | CellError | null;

/** null or undefined on its own is an argument left out. */
export type Argument = ScalarArgument | readonly (readonly ScalarArgument[])[] | undefined;

/**
 * The values to send for a call, one per declared parameter.
 * @returns the values, or the error that the cell shows without a call: an error among the arguments, or a
 * value that cannot become the declared type
 * @throws KalError `KAL_ARGUMENT_INVALID` where Excel would not accept the formula at all
 */
export function parameterValues(
  metadata: FunctionMetadata,
  given: readonly Argument[],
): unknown[] | CellError {
  const { parameters } = metadata;
  refuseWrongCount(metadata, given.length);
  const values = parameters.map((parameter, index) => {
    if (!parameter.repeating) return convert(metadata, parameter, given[index]);
    const rest = given.slice(index).map((argument) => convert(metadata, parameter, argument));
    return rest.length === 0 ? null : (rest.find(isCellError) ?? rest);
  });
  return values.find(isCellError) ?? values;
}

function refuseWrongCount({ name, parameters }: FunctionMetadata, count: number): void {
  const required = parameters.filter((parameter) => !parameter.optional).length;
  const most = parameters.at(-1)?.repeating ? Infinity : parameters.length;
  if (count >= required && count <= most) return;
  const signature = parameters.map((p) => (p.optional ? `[${p.name}]` : p.name) + (p.repeating ? ", …" : ""));
  throw new KalError("KAL_ARGUMENT_INVALID", {
    message: `${name} was given ${count} argument${count === 1 ? "" : "s"}; that is too ${count < required ? "few" : "many"}.`,
    hint: `Write ${name}(${signature.join(", ")})${required < parameters.length ? "; those in square brackets may be left out" : ""}.`,
  });
}

function convert(metadata: FunctionMetadata, parameter: ParameterMetadata, argument: Argument): unknown {
  if (argument === null || argument === undefined) return null;
  const matrix: readonly (readonly ScalarArgument[])[] = Array.isArray(argument)
    ? argument
    : [[argument as ScalarArgument]];
  if (parameter.dimensionality !== "matrix" && (matrix.length > 1 || (matrix[0]?.length ?? 0) > 1)) {
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: `${metadata.name} takes a single value for ${parameter.name}, not several.`,
      hint: "Excel would call it once for each of the values; that is not emulated here.",
    });
  }
  const converted = matrix.map((row) => row.map((value) => toType(value, parameter.type ?? "any")));
  return (
    converted.flat().find(isCellError) ??
    (parameter.dimensionality === "matrix" ? converted : converted[0]?.[0])
  );
}

const cannotConvert: CellError = { error: "#VALUE!" };

/** As in an Excel formula: text that reads as a number is one, TRUE counts as 1, an empty cell as 0 or "". */
function toType(value: ScalarArgument, type: NonNullable<ParameterMetadata["type"]>): ScalarArgument {
  if (type === "any" || isCellError(value)) return value;
  if (type === "string")
    return typeof value === "boolean" ? String(value).toUpperCase() : String(value ?? "");
  if (type === "number") {
    if (typeof value === "string" && value.trim() === "") return cannotConvert;
    const number = Number(value);
    return Number.isFinite(number) ? number : cannotConvert;
  }
  if (typeof value !== "string") return Boolean(value);
  const word = value.toLowerCase();
  return word === "true" ? true : word === "false" ? false : cannotConvert;
}
