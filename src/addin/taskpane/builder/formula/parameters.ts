/**
 * How each argument is read from a formula and written into it.
 * @module
 */
import { readFields, readHeaders, readLimit } from "../../../functions/arguments.ts";
import { type Literal, writeArray, writeText } from "../../../runtime/formulas/literals.ts";
import { splitExpressions } from "../../../../kalibrate/summary/split-expressions.ts";
import type { ParameterName, Values } from "./functions.ts";

/** How to read and write an argument; `read` returns undefined for an invalid value. */
export interface Parameter<Value> {
  readonly omitted: Value;
  readonly read: (literal: Literal | readonly Literal[]) => Value | undefined;
  readonly write: (value: Value) => string;
}

/** Reads a literal as the function itself does; undefined for one that it would refuse. */
function accepted<Value>(read: (literal: Literal) => Value): Parameter<Value>["read"] {
  return (literal) => {
    if (typeof literal === "object") return undefined;
    try {
      return read(literal);
    } catch {
      return undefined;
    }
  };
}

const text: Parameter<string> = {
  omitted: "",
  read: (literal) => (typeof literal === "string" ? literal.trim() : undefined),
  write: writeText,
};

/** Several in one text, separated by commas. */
const list = (split: (text: string) => readonly string[]): Parameter<readonly string[]> => ({
  omitted: [],
  read: (literal) => (typeof literal === "string" ? split(literal) : undefined),
  write: (value) => writeText(value.join(", ")),
});

const names = list((text) => readFields(text) ?? []);
const expressions = list((text) => splitExpressions(text).map((piece) => piece.text));

/** One or several values: a text, or an array constant. */
export const values: Parameter<readonly string[]> = {
  omitted: [],
  read(given) {
    const all = typeof given === "object" ? given : given === "" ? [] : [given];
    return all.some((value) => typeof value === "boolean" || value === "") ? undefined : all.map(String);
  },
  write: (value) => (value.length > 1 ? writeArray(value) : writeText(value[0] ?? "")),
};

export const parameters: { readonly [Name in ParameterName]: Parameter<Values[Name]> } = {
  collection: text,
  query: text,
  fields: names,
  headers: { omitted: 1, read: accepted(readHeaders), write: String },
  limit: { omitted: 0, read: accepted((literal) => readLimit(literal) ?? 0), write: String },
  by: expressions,
  measures: expressions,
  keys: names,
  moment: text,
  site: values,
  product: values,
  connection: text,
};
