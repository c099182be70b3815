/**
 * Finds the calls of functions in the text of a formula as `Range.formulas` gives it: English, commas between
 * arguments, whatever the language of Excel.
 *
 * It reads just enough of Excel's grammar to know where an argument ends: texts, names of sheets in apostrophes,
 * brackets of tables and other workbooks, arrays in braces, parentheses.
 * @module
 */

/** Indexes into the formula; `end` is the one behind. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FunctionCall extends Span {
  /** As written: `KAL.QUERY`. */
  readonly name: string;
  /** Between commas, as written, with the blanks around; none for `F()`. */
  readonly args: readonly Span[];
}

interface OpenCall {
  readonly name: string;
  readonly start: number;
  readonly args: Span[];
  argumentAt: number;
}

/** Names of functions and other words; a dot may stand inside. */
const word = /[\p{L}_\\][\p{L}\p{N}_.\\?]*/uy;
/** Digits with what may follow them: `1E5`, the row of `$A$1`. */
const digits = /\d[\p{L}\p{N}_.]*/uy;
/** One that is not closed ends with the formula, and with it everything that is open. */
const text = /"(?:[^"]|"")*(?:"|$)/y;
const quotedName = /'(?:[^']|'')*(?:'|$)/y;

/** All calls whose parentheses are closed, in the order in which they begin, nested ones too. */
export function findCalls(formula: string): FunctionCall[] {
  if (!/^\s*=/.test(formula)) return [];
  const found: FunctionCall[] = [];
  const open: (OpenCall | "group")[] = [];
  let at = 0;

  /** Passes what the pattern matches here. @returns what it was. */
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

/** Names of columns may hold anything; an apostrophe takes the next character as it is. */
function endOfBrackets(formula: string, start: number): number {
  let depth = 0;
  for (let at = start; at < formula.length; at++) {
    if (formula[at] === "'") at += 1;
    else if (formula[at] === "[") depth += 1;
    else if (formula[at] === "]" && --depth === 0) return at + 1;
  }
  return formula.length;
}
