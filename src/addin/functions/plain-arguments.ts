/**
 * Arguments that are data types, read as the values that they stand for.
 *
 * functions.json says `allowCustomDataForDataTypeAny`, so a parameter of type any gets the whole data type of a cell,
 * alone or in a range: `{type: "Double", basicValue: 46356, numberFormat: "yyyy-mm-dd"}` for a date of our own, an
 * object with `text` for a card (Microsoft's page on data types in custom functions; `Excel.CellValue`).
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { shorten } from "../../kalibrate/shorten.ts";

/** What a data type may hold of what is read here, whichever it is. */
interface DataType {
  readonly type?: unknown;
  readonly basicType?: unknown;
  readonly basicValue?: unknown;
  /** Of a card: what the cell shows. */
  readonly text?: unknown;
  /** Of `CustomFunctions.Error`, as which office.js may hand over an error. */
  readonly code?: unknown;
}

/**
 * An argument with each data type in it replaced by its text, number or logical value; null for an empty cell. Without
 * any it is the same object, as nearly always.
 * @param refuse gets KAL_ARGUMENT_INVALID for an error value, and for what has no value, such as a picture; what it
 * returns stands in the place of the value. It throws where left out.
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
 * The same for a call's arguments by their names.
 * @param keepErrors the name of the argument in which the error stands in the place of what cannot be read, where each
 * cell has a result of its own.
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
  // What a card would be without its type is #VALUE!; people read its text.
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
