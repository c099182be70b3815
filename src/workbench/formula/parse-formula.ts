/**
 * Parses a formula that calls one function with constant arguments, as Excel does (English, comma as list separator).
 * @module
 */
import { maxFormulaChars } from "../../excel/limits.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Argument, ScalarArgument } from "../excel-host/arguments.ts";

export interface Formula {
  /** Upper case, with its namespace: `KAL.QUERY`. */
  readonly functionName: string;
  /** In order; null for an omitted argument. */
  readonly args: readonly Argument[];
}

/** Syntax errors with their hints. `%` is replaced by the text found. */
const refusals = {
  tooLong: ["Excel takes formulas of at most 8,192 characters", "Shorten the query or the list of fields."],
  shellQuote: [
    "The formula starts with a quotation mark",
    'The shell kept single ones: write "=…", and \\" inside.',
  ],
  noEquals: ["A formula starts with =", 'For example =KAL.QUERY("site").'],
  noName: ["The name of a function is expected here", 'For example =KAL.QUERY("site").'],
  noParenthesis: ["An opening parenthesis is expected behind %", "Write %(…)."],
  notClosed: ["The formula is not closed", "Put ) at its end."],
  more: ["There is something behind the closing parenthesis", "Only one function can be evaluated."],
  semicolon: ["Arguments are not separated by semicolons", "Write commas, as Excel in English does."],
  noComma: ["A comma is missing before this", 'Separate arguments by commas; inside a text write "" for ".'],
  textNotClosed: ["This text is not closed", 'Put " at its end; inside a text write "" for ".'],
  typographicQuote: ["% does not start a text", 'Write texts in straight double quotation marks: "…".'],
  calculation: [
    "Nothing is calculated here",
    'Give the finished value: a number, TRUE, FALSE or a text in "…".',
  ],
  call: ["%() cannot be called here", "Only one function with fixed values can be evaluated."],
  notLiteral: [
    "% is neither a number nor a text",
    'Cells and names need a workbook; write the value itself, texts in "…".',
  ],
  numberTooLarge: ["% is too large a number", "Excel ends at 9.99E+307."],
  nestedArray: ["An array cannot hold an array", "Write values only: {1,2;3,4}."],
  arrayGap: ["An array needs a value at each place", 'Write "" for an empty one.'],
  arrayNotClosed: ["This array is not closed", "Put } at its end."],
  arrayRagged: ["The rows of this array differ in length", "Give each as many values as the first."],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

const token = {
  space: /\s*/y,
  functionName: /[a-z_][a-z0-9_.]*/iy,
  number: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy,
  text: /"((?:[^"]|"")*)"/y,
  word: /[^\s(),;{}"]+/y,
};

/** @throws KalError `KAL_ARGUMENT_INVALID` with the character position, counted from 1, and what to write instead */
export function parseFormula(text: string): Formula {
  let at = 0;

  function fail(mistake: keyof typeof refusals, found = "", position = at): never {
    const say = (sentence: string) => sentence.replace("%", () => found);
    const [message, hint] = refusals[mistake];
    throw new KalError("KAL_ARGUMENT_INVALID", {
      message: `${say(message)} (character ${position + 1}).`,
      hint: say(hint),
    });
  }

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found;
  }

  /** The next non-space character, not consumed; "" at the end. */
  function peek(): string {
    take(token.space);
    return text[at] ?? "";
  }

  function scalar(): ScalarArgument {
    const first = peek();
    const start = at;
    if (first === '"') {
      const quoted = take(token.text);
      return quoted === "" ? fail("textNotClosed") : quoted.slice(1, -1).replaceAll('""', '"');
    }
    if (/['“”„«»]/.test(first)) fail("typographicQuote", first);
    const digits = take(token.number);
    const rest = take(token.word);
    const written = digits + rest || first;
    if (peek() === "(") fail("call", written, start);
    if (/^(true|false)$/i.test(written)) return written.toLowerCase() === "true";
    if (digits !== "" && rest === "") {
      return Number.isFinite(Number(digits)) ? Number(digits) : fail("numberTooLarge", digits, start);
    }
    return fail(/[&*/^=<>%+-]/.test(rest) ? "calculation" : "notLiteral", written, start);
  }

  function array(): ScalarArgument[][] {
    const start = at;
    let row: ScalarArgument[] = [];
    const rows = [row];
    do {
      at += 1;
      const next = peek();
      if (next === "{") fail("nestedArray");
      if (/^[,;}]/.test(next)) fail("arrayGap");
      if (next === "") fail("arrayNotClosed", "", start);
      row.push(scalar());
      if (peek() === ";") rows.push((row = []));
    } while (/[,;]/.test(peek()));
    if (peek() !== "}") fail("arrayNotClosed", "", start);
    at += 1;
    return rows.every(({ length }) => length === row.length) ? rows : fail("arrayRagged", "", start);
  }

  function argument(): Argument {
    const next = peek();
    if (next === "") fail("notClosed");
    const value = /[,;)]/.test(next) ? null : next === "{" ? array() : scalar();
    const separator = peek();
    if (separator === ";") fail("semicolon");
    if (separator === "") fail("notClosed");
    if (/[&*/^=<>%+-]/.test(separator)) fail("calculation");
    return separator === "," || separator === ")" ? value : fail("noComma");
  }

  function argumentList(): Argument[] {
    const list: Argument[] = [];
    do {
      at += 1;
      if (list.length === 0 && peek() === ")") break;
      list.push(argument());
    } while (peek() === ",");
    at += 1;
    return list;
  }

  if (text.length > maxFormulaChars) fail("tooLong", "", maxFormulaChars);
  if (peek() === "'") fail("shellQuote");
  if (peek() !== "=") fail("noEquals");
  at += 1;
  take(token.space);
  const name = take(token.functionName) || fail("noName");
  if (peek() !== "(") fail("noParenthesis", name);
  const args = argumentList();
  if (peek() !== "") fail("more");
  return { functionName: name.toUpperCase(), args };
}
