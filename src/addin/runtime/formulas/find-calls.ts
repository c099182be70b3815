/**
 * Finds the calls of functions in a formula.
 * @module
 */
import { type Token, tokensOf } from "./tokens.ts";

/** Indexes into the formula; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FunctionCall extends Span {
  /** As written: `KAL.QUERY`. */
  readonly name: string;
  /** The text between commas, including spaces; none for `F()`. */
  readonly args: readonly Span[];
}

interface OpenCall {
  readonly name: string;
  readonly start: number;
  readonly args: Span[];
  argumentAt: number;
}

/** All calls whose parentheses are closed, in the order in which they begin, including nested ones. */
export function findCalls(formula: string): FunctionCall[] {
  if (!/^\s*=/.test(formula)) return [];
  const found: FunctionCall[] = [];
  /** The open parentheses and braces; undefined for those that are not of a call. */
  const open: (OpenCall | undefined)[] = [];
  let last: Token | undefined;
  for (const token of tokensOf(formula)) {
    const { text, start } = token;
    if (text === "(" || text === "{") open.push(text === "(" ? callOf(last, start) : undefined);
    else if (text === ")" || text === "}") {
      const call = open.pop();
      if (call) found.push(closed(formula, call, start));
    } else if (text === ",") {
      const call = open.at(-1);
      call?.args.push({ start: call.argumentAt, end: start });
      if (call) call.argumentAt = start + 1;
    }
    last = token;
  }
  return found.sort((left, right) => left.start - right.start);
}

/** @param token the one before the parenthesis */
function callOf(token: Token | undefined, parenthesis: number): OpenCall | undefined {
  if (token?.name === undefined) return undefined;
  const { name, text } = token;
  return { name, start: token.start + text.length - name.length, args: [], argumentAt: parenthesis + 1 };
}

function closed(formula: string, { name, start, args, argumentAt }: OpenCall, at: number): FunctionCall {
  const isEmpty = args.length === 0 && formula.slice(argumentAt, at).trim() === "";
  return { name, start, end: at + 1, args: isEmpty ? [] : [...args, { start: argumentAt, end: at }] };
}
