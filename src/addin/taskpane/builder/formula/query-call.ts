/**
 * Reads the arguments of KAL.QUERY from a formula and writes them back. Arguments that the builder does not change
 * keep their text, character by character.
 * @module
 */
import { readFields, readHeaders, readLimit } from "../../../functions/arguments.ts";
import { type FunctionCall, findCalls, type Span } from "../../../runtime/formulas/find-calls.ts";
import { type Literal, readLiteral, writeText } from "../../../runtime/formulas/literals.ts";
import { namespace, ownFunctionOf } from "../../../runtime/formulas/namespace.ts";

/** A constant, or an expression that Excel must calculate: a cell, a range, a joined text. */
export type Argument<Value> = { readonly value: Value } | { readonly expression: string };

export type Headers = 0 | 1 | 2;

/** The arguments of a call; omitted ones have their default value. */
export interface QueryCall {
  /** With its connection, if any: `sandpit:price`. */
  readonly collection: Argument<string>;
  /** "" for all records. */
  readonly query: Argument<string>;
  /** Empty: the usual columns. */
  readonly fields: Argument<readonly string[]>;
  readonly headers: Argument<Headers>;
  /** 0: all. */
  readonly limit: Argument<number>;
}

/** A call with its position. */
export interface PlacedCall {
  readonly formula: string;
  readonly span: FunctionCall;
  readonly call: QueryCall;
}

/** The calls of our functions in a formula, with names without the namespace: `QUERY`. */
export function findKalCalls(formula: string): { readonly name: string; readonly span: FunctionCall }[] {
  return findCalls(formula).flatMap((span) => {
    const name = ownFunctionOf(span.name);
    return name === undefined ? [] : [{ name, span }];
  });
}

/** All calls of KAL.QUERY in a formula, including nested ones. */
export function readQueryCalls(formula: string): PlacedCall[] {
  return findKalCalls(formula)
    .filter(({ name, span }) => name === "QUERY" && span.args.length <= parameters.length)
    .map(({ span }) => ({ formula, span, call: readCall(formula, span) }));
}

/** How to read and write an argument; `read` returns undefined for an invalid value. */
interface Parameter<Value> {
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

const fields: Parameter<readonly string[]> = {
  omitted: [],
  read: (literal) => (typeof literal === "string" ? (readFields(literal) ?? []) : undefined),
  write: (value) => writeText(value.join(", ")),
};

const headers: Parameter<Headers> = {
  omitted: 1,
  read: accepted(readHeaders),
  write: String,
};

const limit: Parameter<number> = {
  omitted: 0,
  read: accepted((literal) => readLimit(literal) ?? 0),
  write: String,
};

const parameters = [
  ["collection", text],
  ["query", text],
  ["fields", fields],
  ["headers", headers],
  ["limit", limit],
] as const satisfies readonly (readonly [keyof QueryCall, unknown])[];

function readCall(formula: string, { args }: FunctionCall): QueryCall {
  const written = (at: number) => formula.slice(args[at]?.start ?? 0, args[at]?.end ?? 0).trim();
  return {
    collection: readArgument(written(0), text),
    query: readArgument(written(1), text),
    fields: readArgument(written(2), fields),
    headers: readArgument(written(3), headers),
    limit: readArgument(written(4), limit),
  };
}

function readArgument<Value>(written: string, { omitted, read }: Parameter<Value>): Argument<Value> {
  if (written === "") return { value: omitted };
  const literal = readLiteral(written);
  const value = literal === undefined ? undefined : read(literal);
  return value === undefined ? { expression: written } : { value };
}

function writeArgument<Value>(argument: Argument<Value>, { omitted, write }: Parameter<Value>): string {
  if ("expression" in argument) return argument.expression;
  return isEqual(argument.value, omitted) ? "" : write(argument.value);
}

const isEqual = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** The formula of a call. If the call was read from a formula, only its changed arguments are rewritten. */
export function writeFormula(call: QueryCall, original?: PlacedCall): string {
  const before = original?.span.args ?? [];
  const textOf = ({ start, end }: Span) => original?.formula.slice(start, end) ?? "";
  const written = parameters.map(([name, parameter], at) => {
    const span = before[at];
    if (original && isEqual(original.call[name], call[name])) return span ? textOf(span) : "";
    return writeArgument<unknown>(call[name], parameter as Parameter<unknown>);
  });
  let count = written.length;
  while (count > Math.max(before.length, 1) && written[count - 1] === "") count -= 1;
  const name = !original || /^_xldudf_/i.test(original.span.name) ? `${namespace}.QUERY` : original.span.name;
  const inPlace = `${name}(${written.slice(0, count).join(",")})`;
  if (!original) return `=${inPlace}`;
  const { formula, span } = original;
  return formula.slice(0, span.start) + inPlace + formula.slice(span.end);
}
