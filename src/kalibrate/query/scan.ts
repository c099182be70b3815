/**
 * Functions shared by the readers of a query's text.
 * @module
 */
import { plainText } from "../comparable-text.ts";
import { KalError } from "../errors.ts";
import { pathAt } from "../names.ts";
import { severalArguments } from "../several-arguments.ts";
import { shorten } from "../shorten.ts";

export interface Source {
  readonly text: string;
  readonly placeOf: (at: number) => string;
}

export const blanks = /\s*/y;
export const gap = /[\s+;]*/y;
export const word = /(and|or)(?=[\s(])/iy;
export const sign = /!=|<>|@=|>=|<=|[=<>]/y;

/** The index after the match of a sticky pattern; the same index if it does not match. */
export function pass(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const listWord = /(not\s+in|in)(?=[\s'"“‘„‚«])/iy;

/** The index after a blank followed by `in` or `not in`; if there is no such word, the index after the blanks. */
export function passListWord(text: string, at: number): number {
  const start = pass(blanks, text, at);
  return start > at ? pass(listWord, text, start) : start;
}

/**
 * Whether a clause begins at an index.
 * @param open the index of the parenthesis around the text before it; undefined if there is none.
 * @param takesLists whether `in` and `not in` count as operators. Pass false after a mere blank or inside a
 * parenthesis, where such words are part of a value.
 */
function startsClause(
  text: string,
  at: number,
  open: number | undefined,
  takesLists = open === undefined,
): boolean {
  const start = open === undefined && text[at] === "(" ? pass(blanks, text, at + 1) : at;
  const name = pathAt(text, start);
  if (!name) return false;
  const signAt = pass(blanks, text, name.end);
  return pass(sign, text, signAt) > signAt || (takesLists && passListWord(text, name.end) > signAt);
}

/**
 * Whether the blanks and signs at an index separate two clauses instead of belonging to a value.
 * @param lineEnds signs that end a clause although no other follows
 */
export function endsClause(source: Source, at: number, open: number | undefined, lineEnds: RegExp): boolean {
  const { text } = source;
  const next = pass(gap, text, at);
  const between = text.slice(at, next);
  const wordEnd = pass(word, text, next);
  if (wordEnd > next && startsClause(text, pass(blanks, text, wordEnd), open)) {
    if (/^o/i.test(text.slice(next, wordEnd))) throw noOr(source, next);
    return true;
  }
  const isSeparated = /[+;\r\n]/.test(between) || text[next] === "(";
  if (startsClause(text, next, open, open === undefined && isSeparated)) {
    if (isSeparated) return true;
    throw invalid(source, next, "“+” before the next clause");
  }
  if (open !== undefined) return false;
  if (next >= text.length && between.includes("+")) throw invalid(source, next, "a clause after “+”");
  return next >= text.length || lineEnds.test(between);
}

/**
 * Reads a value in quotation marks, which are doubled inside as in Excel. Undefined if there are none.
 * @param isEnd whether the value may end here: behind its closing mark, and behind the blanks that follow
 * @param expected what the message misses otherwise
 */
export function readQuoted(
  source: Source,
  start: number,
  isEnd: (closed: number, behindBlanks: number) => boolean,
  expected: string,
): { written: string; end: number } | undefined {
  const { text } = source;
  const close = closing.get(text.charAt(start));
  if (close === undefined) return undefined;
  const at = closingAt(text, start, close);
  const end = at < 0 ? text.length : pass(blanks, text, at + 1);
  if (at >= 0 && isEnd(at + 1, end)) return { written: quotedText(text, start, at, close), end };
  // A town's name may begin with an apostrophe: ’s-Hertogenbosch.
  if (close === "'" || close === "’") return undefined;
  throw invalid(source, end, at < 0 ? `a closing quotation mark for the one at ${start + 1}` : expected);
}

/** Opening quotation marks with their closing ones; word processors insert the curly ones. */
export const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["‘", "’"],
  ["„", "“"],
  ["‚", "‘"],
  ["«", "»"],
]);

/** The index of the closing quotation mark; doubled ones are skipped. -1 if there is none. */
function closingAt(text: string, start: number, close: string): number {
  let at = text.indexOf(close, start + 1);
  while (at >= 0 && text[at + 1] === close) at = text.indexOf(close, at + 2);
  return at;
}

/** The text between two quotation marks. */
function quotedText(text: string, start: number, end: number, close: string): string {
  return plainText(text.slice(start + 1, end).replaceAll(close + close, close));
}

export function invalid({ text, placeOf }: Source, at: number, expected: string): KalError {
  const found = at >= text.length ? "the end of the text" : `“${shorten(text.slice(at), 20)}”`;
  return new KalError("KAL_QUERY_INVALID", {
    message: `${placeOf(at)}: expected ${expected}, found ${found}.`,
    hint: severalArguments(text) ?? fullWidth(text),
  });
}

/** A hint about a full-width sign, which Asian keyboards produce; undefined if the text has none. */
function fullWidth(text: string): string | undefined {
  const found = /[（）＝＋；＜＞！＠]/.exec(text)?.[0];
  if (found === undefined) return undefined;
  // Unicode has the full-width forms in the order of ASCII.
  const plainSign = String.fromCharCode(found.charCodeAt(0) - 0xfee0);
  return `The query holds a full-width “${found}”; write “${plainSign}”.`;
}

export function parenthesis({ text, placeOf }: Source, at: number): KalError {
  return new KalError("KAL_QUERY_INVALID", {
    message: `${placeOf(at)}: a parenthesis inside a clause.`,
    hint:
      fullWidth(text) ??
      "Close the clause before the next one begins, or put the value in quotes: (name='Diesel (B7)').",
  });
}

export function noOr({ placeOf }: Source, at: number): KalError {
  return new KalError("KAL_QUERY_INVALID", {
    message: `${placeOf(at)}: there is no “or” in queries; a record must meet all clauses.`,
    hint: "Use one formula for each part, and VSTACK to combine the tables.",
  });
}
