/**
 * Reads the arguments of our functions from a formula and writes them back. Arguments that the builder does not change
 * keep their text, character by character.
 * @module
 */
import { type FunctionCall, findCalls, type Span } from "../../../runtime/formulas/find-calls.ts";
import { readLiteral } from "../../../runtime/formulas/literals.ts";
import { namespace, ownFunctionOf } from "../../../runtime/formulas/namespace.ts";
import {
  type FunctionName,
  functions,
  isFunctionName,
  type KalFunction,
  type Parameter,
  type ParameterName,
  parameters,
  type Values,
} from "./parameters.ts";

/** A constant, or an expression that Excel must calculate: a cell, a range, a joined text. */
export type Argument<Value> = { readonly value: Value } | { readonly expression: string };

export type Arguments = { readonly [Name in ParameterName]?: Argument<Values[Name]> };

/** A call of one of our functions, with all its arguments; omitted ones have their default value. */
export interface Call {
  readonly name: FunctionName;
  readonly args: Arguments;
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
    if (!isFunctionName(name) || span.args.length > functions[name].parameters.length) return [];
    return [{ formula, span, call: readCall(formula, name, span) }];
  });
}

function readCall(formula: string, name: FunctionName, { args }: FunctionCall): Call {
  const written = (at: number) => formula.slice(args[at]?.start ?? 0, args[at]?.end ?? 0).trim();
  const read = functions[name].parameters.map((parameter, at) => [
    parameter,
    readArgument<unknown>(written(at), parameters[parameter] as Parameter<unknown>),
  ]);
  return { name, args: Object.fromEntries(read) as Arguments };
}

function readArgument<Value>(written: string, { omitted, read }: Parameter<Value>): Argument<Value> {
  if (written === "") return { value: omitted };
  const literal = readLiteral(written);
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
export function writeFormula({ name, args }: Call, original?: PlacedCall): string {
  const { parameters: names, required }: KalFunction = functions[name];
  const same = original?.call.name === name ? original : undefined;
  const before = same?.span.args ?? [];
  const textOf = ({ start, end }: Span) => same?.formula.slice(start, end) ?? "";
  const written = names.map((parameter, at) => {
    const span = before[at];
    if (same && isEqual(same.call.args[parameter], args[parameter])) return span ? textOf(span) : "";
    const rule = parameters[parameter] as Parameter<unknown>;
    return writeArgument<unknown>(args[parameter] ?? { value: rule.omitted }, rule, at < required);
  });
  let count = written.length;
  while (count > Math.max(before.length, 1) && written[count - 1] === "") count -= 1;
  const called = !same || /^_xldudf_/i.test(same.span.name) ? `${namespace}.${name}` : same.span.name;
  const inPlace = `${called}(${written.slice(0, count).join(",")})`;
  if (!original) return `=${inPlace}`;
  const { formula, span } = original;
  return formula.slice(0, span.start) + inPlace + formula.slice(span.end);
}
