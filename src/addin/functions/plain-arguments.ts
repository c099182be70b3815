/**
 * Replaces data types among the arguments by their values.
 *
 * functions.json says `allowCustomDataForDataTypeAny`, so a parameter of type any gets the whole data type of a cell,
 * alone or in a range: `{type: "Double", basicValue: 46356, numberFormat: "yyyy-mm-dd"}` for a date of our own, an
 * object with `text` for a card (Microsoft's page on data types in custom functions; `Excel.CellValue`).
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { shorten } from "../../kalibrate/shorten.ts";

/** The properties that we read, of any data type. */
interface DataType {
  readonly type?: unknown;
  readonly basicType?: unknown;
  readonly basicValue?: unknown;
  /** The text that a card's cell shows. */
  readonly text?: unknown;
  /** From `CustomFunctions.Error`, which office.js may pass for an error. */
  readonly code?: unknown;
}

/**
 * Replaces each data type in an argument by its text, number or logical value, and an empty cell by null. Returns the
 * same object if there is nothing to replace, which is the usual case.
 * @param refuse gets KAL_ARGUMENT_INVALID for an error value or a data type without a value, such as a picture. Its
 * result replaces the value. Default: throws the error.
 */
export function plainArgument(given: unknown, refuse: Refuse = raise): unknown {
  if (typeof given !== "object" || given === null) return given;
  if (!Array.isArray(given)) return plainValue(given, refuse);
  let plain: unknown[] | undefined;
  for (let at = 0; at < given.length; at += 1) {
    const argument: unknown = given[at];
    const value = plainArgument(argument, refuse);
    if (value === argument) continue;
    plain ??= given.slice();
    plain[at] = value;
  }
  return plain ?? given;
}

/**
 * Does this for all arguments of a call, by name.
 * @param keepErrors name of the argument whose unreadable cells are replaced by their error instead of failing the
 * call, because each cell has its own result.
 */
export function plainArguments<Arguments extends object>(
  given: Arguments,
  keepErrors?: keyof Arguments,
): Arguments {
  let plain: Arguments | undefined;
  for (const name in given) {
    const value = plainArgument(
      given[name],
      name === keepErrors ? keep : raise,
    ) as (typeof given)[typeof name];
    if (value !== given[name]) (plain ??= { ...given })[name] = value;
  }
  return plain ?? given;
}

type Refuse = (error: KalError) => unknown;

const raise: Refuse = (error) => {
  throw error;
};

const keep: Refuse = (error) => error;

function plainValue({ type, basicType, basicValue, text, code }: DataType, refuse: Refuse): unknown {
  if (type === "Empty" || basicType === "Empty") return null;
  if (type === "Error") return refuse(errorValue(basicValue));
  if (code !== undefined && basicValue === undefined) return refuse(errorValue(code));
  const isError = basicType === "Error" || !isScalar(basicValue);
  if (!isError) return basicValue;
  // The basic value of a card is #VALUE!, so we use its text, as people do.
  if (typeof text === "string") return text;
  const kind = typeof type === "string" ? shorten(type) : "unknown";
  return refuse(
    new KalError("KAL_ARGUMENT_INVALID", {
      message: `A cell among the arguments holds a data type without a value (${kind}).`,
      hint: "Refer to a cell with a text, a number or a date, or to a field of the data type: A2.Name.",
    }),
  );
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function errorValue(name: unknown): KalError {
  const error = typeof name === "string" ? shorten(name) : "an error";
  return new KalError("KAL_ARGUMENT_INVALID", {
    message: `A cell among the arguments shows ${error}.`,
    hint: "Correct that cell, or leave it out of the range.",
  });
}
