/**
 * Finds function calls in a formula as `Range.formulas` returns it: English, with commas between arguments, whatever
 * Excel's language.
 *
 * It parses only enough of Excel's grammar to find where an argument ends: texts, sheet names in apostrophes, brackets
 * of tables and other workbooks, arrays in braces, parentheses.
 * @module
 */

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

/** Names of functions and other words; may contain dots. */
const word = /[\p{L}_\\][\p{L}\p{N}_.\\?]*/uy;
/** A number with any suffix: `1E5`, the row of `$A$1`. */
const digits = /\d[\p{L}\p{N}_.]*/uy;
/** An unclosed text extends to the end of the formula; the calls around it are then unclosed, too. */
const text = /"(?:[^"]|"")*(?:"|$)/y;
const quotedName = /'(?:[^']|'')*(?:'|$)/y;

/** All calls with closed parentheses, including nested ones, in the order of their start. */
export function findCalls(formula: string): FunctionCall[] {
  if (!/^\s*=/.test(formula)) return [];
  const found: FunctionCall[] = [];
  const open: (OpenCall | "group")[] = [];
  let at = 0;

  /** Consumes what the pattern matches here. @returns the match. */
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const match = pattern.exec(formula)?.[0];
    at += match?.length ?? 0;
    return match;
  }

  function close(): void {
    const call = open.pop();
    if (call === undefined || call === "group") return;
    const { name, start, args, argumentAt } = call;
    const isEmpty = args.length === 0 && formula.slice(argumentAt, at).trim() === "";
    const all = isEmpty ? [] : [...args, { start: argumentAt, end: at }];
    found.push({ name, start, end: at + 1, args: all });
  }

  while (at < formula.length) {
    if (take(text) ?? take(quotedName) ?? take(digits)) continue;
    const start = at;
    const name = take(word);
    if (name !== undefined) {
      if (formula[at] !== "(") continue;
      open.push({ name, start, args: [], argumentAt: at + 1 });
    } else if (formula[at] === "[") {
      at = endOfBrackets(formula, at);
      continue;
    } else if (formula[at] === "(" || formula[at] === "{") {
      open.push("group");
    } else if (formula[at] === ")" || formula[at] === "}") {
      close();
    } else if (formula[at] === ",") {
      const call = open.at(-1);
      if (call !== undefined && call !== "group") {
        call.args.push({ start: call.argumentAt, end: at });
        call.argumentAt = at + 1;
      }
    }
    at += 1;
  }
  return found.sort((left, right) => left.start - right.start);
}

/** Names of columns may contain any character; an apostrophe escapes the next one. */
function endOfBrackets(formula: string, start: number): number {
  let depth = 0;
  for (let at = start; at < formula.length; at++) {
    if (formula[at] === "'") at += 1;
    else if (formula[at] === "[") depth += 1;
    else if (formula[at] === "]" && --depth === 0) return at + 1;
  }
  return formula.length;
}
