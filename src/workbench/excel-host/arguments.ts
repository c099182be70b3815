/**
 * Prepares the arguments of a function call: counts them, converts them to the declared types, and pads missing ones.
 *
 * office.js appends the invocation object after the values, so the host must send one value per parameter.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { behavioursWith, type HostBehaviours } from "./behaviours.ts";
import type { CellError, ErrorName } from "./cells.ts";
import { isCellError } from "./cells.ts";
import type { FunctionMetadata, ParameterMetadata } from "./functions-metadata.ts";

/**
 * A cell's value with its data type, as in `Excel.CellValue`: a number formatted by its function, or a card.
 * `basicValue` is the value without the type; if `basicType` is Error, the name of an error.
 */
export interface DataType {
  readonly type: string;
  readonly basicType?: string;
  readonly basicValue: string | number | boolean;
  readonly [detail: string]: unknown;
}

/** One value of a cell or a formula; null for an empty cell. */
export type ScalarArgument = string | number | boolean | CellError | DataType | null;

/** null or undefined on its own means an omitted argument. */
export type Argument = ScalarArgument | readonly (readonly ScalarArgument[])[] | undefined;

/** How this Excel passes arguments; see behaviours.ts. */
export interface ArgumentForms extends Pick<HostBehaviours, "emptyCells" | "errorsInRanges"> {
  /** Whether parameters of type any get data types instead of plain values. */
  readonly dataTypes: boolean;
}

const plainForms: ArgumentForms = { ...behavioursWith(), dataTypes: false };

/** office.js's form of a data type: it parses this text if the call's flags say so. */
interface SentDataType {
  readonly value: string;
}

type SentScalar = Exclude<ScalarArgument, DataType> | SentDataType;

/**
 * The values to send for a call, one per declared parameter.
 * @returns the values, or the error that the cell shows without a call: an error among the arguments, or a value that
 * cannot be converted to the declared type
 * @throws KalError `KAL_ARGUMENT_INVALID` if Excel would not accept the formula at all
 */
export function parameterValues(
  metadata: FunctionMetadata,
  given: readonly Argument[],
  forms = plainForms,
): unknown[] | CellError {
  const { parameters } = metadata;
  refuseWrongCount(metadata, given.length);
  const values = parameters.map((parameter, index) => {
    if (!parameter.repeating) return convert(metadata, parameter, given[index], forms);
    const rest = given.slice(index).map((argument) => convert(metadata, parameter, argument, forms));
    return rest.length === 0 ? null : (rest.find(isCellError) ?? rest);
  });
  return values.find(isCellError) ?? values;
}

function refuseWrongCount({ name, parameters }: FunctionMetadata, count: number): void {
  const required = parameters.filter((parameter) => !parameter.optional).length;
  const max = parameters.at(-1)?.repeating ? Infinity : parameters.length;
  if (count >= required && count <= max) return;
  const signature = parameters.map((p) => (p.optional ? `[${p.name}]` : p.name) + (p.repeating ? ", …" : ""));
  throw new KalError("KAL_ARGUMENT_INVALID", {
    message: `${name} was given ${count} argument${count === 1 ? "" : "s"}; that is too ${count < required ? "few" : "many"}.`,
    hint: `Write ${name}(${signature.join(", ")})${required < parameters.length ? "; those in square brackets may be left out" : ""}.`,
  });
}

function convert(
  metadata: FunctionMetadata,
  parameter: ParameterMetadata,
  argument: Argument,
  forms: ArgumentForms,
): unknown {
  if (argument === null || argument === undefined) return null;
  const matrix: readonly (readonly ScalarArgument[])[] = Array.isArray(argument)
    ? argument
    : [[argument as ScalarArgument]];
  const isRange = matrix.length > 1 || (matrix[0]?.length ?? 0) > 1;
  if (parameter.dimensionality !== "matrix" && isRange) {
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: `${metadata.name} takes a single value for ${parameter.name}, not several.`,
      hint: "Excel would call it once for each of the values; that is not emulated here.",
    });
  }
  const type = parameter.type ?? "any";
  const passesErrors = isRange && type === "any" && forms.errorsInRanges === "passed";
  const converted = matrix.map((row) =>
    row.map((value) => {
      if (type === "any") return toAny(value, forms, passesErrors);
      return toType(plain(value), type);
    }),
  );
  return (
    converted.flat().find(isCellError) ??
    (parameter.dimensionality === "matrix" ? converted : converted[0]?.[0])
  );
}

function toAny(value: ScalarArgument, forms: ArgumentForms, passesErrors: boolean): SentScalar {
  if (value === null) return emptyForms[forms.emptyCells];
  if (isCellError(value)) {
    return passesErrors ? sent({ type: "Error", basicType: "Error", basicValue: value.error }) : value;
  }
  return isDataType(value) && forms.dataTypes ? sent(value) : plain(value);
}

const sent = (value: DataType): SentDataType => ({ value: JSON.stringify(value) });

const emptyForms: Readonly<Record<HostBehaviours["emptyCells"], SentScalar>> = {
  null: null,
  zero: 0,
  emptyObject: sent({ type: "Empty", basicType: "Empty", basicValue: "" }),
};

function isDataType(value: ScalarArgument): value is DataType {
  return typeof value === "object" && value !== null && "basicValue" in value;
}

/** A value without its data type. */
function plain(value: ScalarArgument): Exclude<ScalarArgument, DataType> {
  if (!isDataType(value)) return value;
  return value.basicType === "Error" ? { error: value.basicValue as ErrorName } : value.basicValue;
}

/** Whether the values contain data types. Then the call's flags tell office.js to look for them. */
export function holdsDataTypes(values: unknown): boolean {
  if (Array.isArray(values)) return values.some(holdsDataTypes);
  return typeof values === "object" && values !== null;
}

const cannotConvert: CellError = { error: "#VALUE!" };

/** Converts as an Excel formula does: numeric text becomes a number, TRUE counts as 1, an empty cell as 0 or "". */
function toType(
  value: Exclude<ScalarArgument, DataType>,
  type: "boolean" | "number" | "string",
): string | number | boolean | CellError {
  if (isCellError(value)) return value;
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
