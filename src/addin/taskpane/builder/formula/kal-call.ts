/**
 * Reads the arguments of our functions from a formula and writes them back. Arguments that the builder does not change
 * keep their text, character by character.
 * @module
 */
import { type FunctionCall, findCalls, type Span } from "../../../runtime/formulas/find-calls.ts";
import { readArray, readLiteral } from "../../../runtime/formulas/literals.ts";
import { namespace, ownFunctionOf } from "../../../runtime/formulas/namespace.ts";
import {
  type FunctionName,
  functions,
  isFunctionName,
  type KalFunction,
  type ParameterName,
  type Values,
} from "./functions.ts";
import { type Parameter, parameters, values } from "./parameters.ts";

/** A constant, or an expression that Excel must calculate: a cell, a range, a joined text. */
export type Argument<Value> = { readonly value: Value } | { readonly expression: string };

export type Arguments = { readonly [Name in ParameterName]?: Argument<Values[Name]> };

/** A call of one of our functions, with all its arguments; omitted ones have their default value. */
export interface Call {
  readonly name: FunctionName;
  readonly args: Arguments;
  /** Of a lookup: what is searched for, for each of its keys. */
  readonly values?: readonly Argument<readonly string[]>[];
}

/** A call with its position. */
export interface PlacedCall {
  readonly formula: string;
  readonly span: FunctionCall;
  readonly call: Call;
}

/** The calls of our functions in a formula, with names without the namespace: `QUERY`. */
export function findKalCalls(formula: string): { readonly name: string; readonly span: FunctionCall }[] {
  return findCalls(formula).flatMap((span) => {
    const name = ownFunctionOf(span.name);
    return name === undefined ? [] : [{ name, span }];
  });
}

/** All calls in a formula that the builder can make, including nested ones. */
export function readCalls(formula: string): PlacedCall[] {
  return findKalCalls(formula).flatMap(({ name, span }) => {
    if (!isFunctionName(name)) return [];
    const { parameters: known, repeats }: KalFunction = functions[name];
    if (span.args.length > known.length && !repeats) return [];
    return [{ formula, span, call: readCall(formula, name, span) }];
  });
}

function readCall(formula: string, name: FunctionName, { args }: FunctionCall): Call {
  const written = (at: number) => formula.slice(args[at]?.start ?? 0, args[at]?.end ?? 0).trim();
  const { parameters: known, repeats }: KalFunction = functions[name];
  const read = known.map((parameter, at) => [
    parameter,
    readArgument<unknown>(written(at), parameters[parameter] as Parameter<unknown>),
  ]);
  const call = { name, args: Object.fromEntries(read) as Arguments };
  if (!repeats) return call;
  return {
    ...call,
    values: args.slice(known.length).map((_, at) => readArgument(written(known.length + at), values)),
  };
}

function readArgument<Value>(written: string, { omitted, read }: Parameter<Value>): Argument<Value> {
  if (written === "") return { value: omitted };
  const literal = readLiteral(written) ?? readArray(written);
  const value = literal === undefined ? undefined : read(literal);
  return value === undefined ? { expression: written } : { value };
}

/** @param isRequired whether Excel requires it: then it is written even if it is empty */
function writeArgument<Value>(
  argument: Argument<Value>,
  { omitted, write }: Parameter<Value>,
  isRequired: boolean,
): string {
  if ("expression" in argument) return argument.expression;
  return isEqual(argument.value, omitted) && !isRequired ? "" : write(argument.value);
}

const isEqual = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/**
 * The formula of a call.
 * @param original where the call was read: in the same function only the changed arguments are rewritten
 */
export function writeFormula({ name, args, values: searched = [] }: Call, original?: PlacedCall): string {
  const { parameters: names, required }: KalFunction = functions[name];
  const same = original?.call.name === name ? original : undefined;
  const before = same?.span.args ?? [];
  const textOf = ({ start, end }: Span) => same?.formula.slice(start, end) ?? "";
  const write = (
    at: number,
    rule: Parameter<unknown>,
    was: Argument<unknown> | undefined,
    argument: Argument<unknown> = { value: rule.omitted },
  ) => {
    const span = before[at];
    if (same && isEqual(was, argument)) return span ? textOf(span) : "";
    return writeArgument(argument, rule, at < required || at >= names.length);
  };
  const written = names.map((parameter, at) => {
    const rule = parameters[parameter] as Parameter<unknown>;
    return write(at, rule, same?.call.args[parameter], args[parameter]);
  });
  const rule = values as Parameter<unknown>;
  written.push(
    ...searched.map((argument, at) => write(names.length + at, rule, same?.call.values?.[at], argument)),
  );
  let count = written.length;
  const least = searched.length > 0 ? count : Math.max(before.length, 1);
  while (count > least && written[count - 1] === "") count -= 1;
  const called = !same || /^_xldudf_/i.test(same.span.name) ? `${namespace}.${name}` : same.span.name;
  const inPlace = `${called}(${written.slice(0, count).join(",")})`;
  if (!original) return `=${inPlace}`;
  const { formula, span } = original;
  return formula.slice(0, span.start) + inPlace + formula.slice(span.end);
}
