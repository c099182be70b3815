/**
 * The functions that the builder makes: their parameters in order, and how each argument is read and written. A test
 * holds this table against functions.json.
 * @module
 */
import { readFields, readHeaders, readLimit } from "../../../functions/arguments.ts";
import { type Literal, writeText } from "../../../runtime/formulas/literals.ts";
import { splitExpressions } from "../../../../kalibrate/summary/split-expressions.ts";

export type Headers = 0 | 1 | 2;

/** The arguments as values. */
export interface Values {
  /** With its connection, if any: `sandpit:price`. */
  readonly collection: string;
  /** "" for all records. */
  readonly query: string;
  /** Empty: the default columns. */
  readonly fields: readonly string[];
  readonly headers: Headers;
  /** 0: all. */
  readonly limit: number;
  /** `day(effectiveTime)` */
  readonly by: readonly string[];
  /** `avg(price)` */
  readonly measures: readonly string[];
}

export type ParameterName = keyof Values;

/** How to read and write an argument; `read` returns undefined for an invalid value. */
export interface Parameter<Value> {
  readonly omitted: Value;
  readonly read: (literal: Literal) => Value | undefined;
  readonly write: (value: Value) => string;
}

/** Reads a literal as the function itself does; undefined for one that it would refuse. */
function accepted<Value>(read: (literal: Literal) => Value): (literal: Literal) => Value | undefined {
  return (literal) => {
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

export const parameters: { readonly [Name in ParameterName]: Parameter<Values[Name]> } = {
  collection: text,
  query: text,
  fields: names,
  headers: { omitted: 1, read: accepted(readHeaders), write: String },
  limit: { omitted: 0, read: accepted((literal) => readLimit(literal) ?? 0), write: String },
  by: expressions,
  measures: expressions,
};

export interface KalFunction {
  readonly parameters: readonly ParameterName[];
  /** How many of them Excel requires: these are written even if they are empty. */
  readonly required: number;
}

export const functions = {
  QUERY: { parameters: ["collection", "query", "fields", "headers", "limit"], required: 1 },
  SUMMARY: { parameters: ["collection", "query", "by", "measures", "headers", "limit"], required: 4 },
} as const satisfies Readonly<Record<string, KalFunction>>;

export type FunctionName = keyof typeof functions;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);
