/**
 * Reads a query's text into clauses; errors name the position.
 *
 * It accepts what analysts type: clauses with or without parentheses; `+`, `;`, a new line or `and` between them;
 * blanks anywhere; names and values in quotes. A separator ends a value only if a property and an operator follow it,
 * so `name=Salt + Pepper` is one value. A list of values follows `in` or `not in`.
 * @module
 */
import { plainText } from "../comparable-text.ts";
import { KalError } from "../errors.ts";
import { type Path, pathAt, quoteStep, writePath } from "../names.ts";
import { readValue } from "./clause-value.ts";
import {
  type Clause,
  type ControlWord,
  controlWords,
  isControl,
  operatorList,
  type Query,
  signs,
} from "./clauses.ts";
import { readList } from "./parse-list.ts";
import {
  blanks,
  closing,
  endsClause,
  gap,
  invalid,
  noOr,
  parenthesis,
  pass,
  passListWord,
  readQuoted,
  sign,
  type Source,
  word,
} from "./scan.ts";

/**
 * Reads `(property operator value)+(…)` and its looser forms.
 * @throws KalError KAL_QUERY_INVALID; the message names the position (the first character is 1).
 */
export function parseQuery(text: string): Query {
  return parseClauses(text, (at) => `Query, position ${at + 1}`);
}

/** Like `parseQuery`, but `placeOf` describes the position in messages; it gets an index into the text. */
export function parseClauses(text: string, placeOf: (at: number) => string): Query {
  if (text.length > maxQueryTextChars) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `The query is too long: ${text.length.toLocaleString("en-GB")} characters.`,
    });
  }
  const source: Source = { text, placeOf };
  const query: Clause[] = [];
  let open: number | undefined;
  let at = passBetween(source, 0, true);
  while (at < text.length) {
    if (open === undefined && text[at] === "(") {
      open = at;
      at = pass(blanks, text, at + 1);
    }
    const { clause, end } = readClause(source, at, open);
    if (isControl(clause) && query.some((other) => other.property === clause.property)) {
      throw invalid(source, at, `only one “${clause.property}”`);
    }
    query.push(clause);
    at = end;
    if (open !== undefined) {
      if (at >= text.length) throw invalid(source, at, `a closing parenthesis for the one at ${open + 1}`);
      if (text[at] === ")") {
        open = undefined;
        at += 1;
      }
    }
    at = passBetween(source, at, false);
  }
  return query;
}

/** A list of ten thousand codes from a range is shorter; a longer text was pasted by mistake. */
export const maxQueryTextChars = 100_000;

/** Characters that cannot end a value. */
const plain = /[^\s+;()]*/y;

/** Skips the separator between two clauses. */
function passBetween(source: Source, from: number, first: boolean): number {
  const { text } = source;
  const at = pass(gap, text, from);
  const end = first ? at : pass(word, text, at);
  if (end === at) return at;
  if (/^o/i.test(text.slice(at, end))) throw noOr(source, at);
  const next = pass(blanks, text, end);
  if (next >= text.length) throw invalid(source, next, "a clause after “and”");
  return next;
}

/** Reads a clause. `open` is the index of its opening parenthesis; undefined if it has none. */
function readClause(
  source: Source,
  start: number,
  open: number | undefined,
): { clause: Clause; end: number } {
  const { text } = source;
  const name = pathAt(text, start);
  if (!name) throw invalid(source, start, "the name of a property");
  const signAt = pass(blanks, text, name.end);
  const signEnd = pass(sign, text, signAt);
  const isList = signEnd === signAt && passListWord(text, name.end) > signAt;
  if (signEnd === signAt && !isList) throw invalid(source, signAt, `an operator (${operatorList})`);
  const control = controlNamed(text.slice(start, name.end));
  const property = control ?? propertyText(name.path);
  if (isList && control === undefined) return readList(source, { property, start, nameEnd: name.end }, open);
  const operator = operatorOf(text.slice(signAt, signEnd));
  if (control !== undefined && (isList || operator !== "="))
    throw invalid(source, signAt, `“=” after “${control}”`);
  const valueAt = pass(blanks, text, signEnd);
  const order = control === "orderBy" ? readOrder(source, valueAt, open) : undefined;
  if (order)
    return { clause: { property, operator, value: order.value, position: start + 1 }, end: order.end };
  const isEnd = (closed: number, end: number) =>
    end >= text.length || text[end] === ")" || endsHere(source, closed, open);
  const { written, end } =
    readQuoted(source, valueAt, isEnd, "the next clause after the quotation mark") ??
    readBare(source, valueAt, open, property);
  if (written === "") throw invalid(source, valueAt, `a value for “${property}”`);
  const reading = readValue(property, operator, written);
  if ("expected" in reading) throw invalid(source, valueAt, reading.expected);
  return { clause: { property, operator, value: reading.value, position: start + 1 }, end };
}

/** The text of a clause's property. A property named like a control word keeps its quotes: `'limit'`. */
export function propertyText(path: Path): string {
  const text = writePath(path);
  return controlNamed(text) === undefined ? text : quoteStep(text);
}

/** Reads the property to order by, which may have quoted steps; undefined if anything else follows. */
function readOrder(
  source: Source,
  start: number,
  open: number | undefined,
): { value: string; end: number } | undefined {
  const { text } = source;
  const name = pathAt(text, start);
  if (!name) return undefined;
  const end = pass(blanks, text, name.end);
  const isWhole = end >= text.length || text[end] === ")" || endsHere(source, name.end, open);
  return isWhole ? { value: writePath(name.path), end } : undefined;
}

const controls: ReadonlyMap<string, ControlWord> = new Map(
  controlWords.map((control) => [control.toLowerCase(), control]),
);

/** The control word in the vendor's spelling, for a name in any letter case; undefined if it is none. */
export function controlNamed(name: string): ControlWord | undefined {
  return controls.get(name.toLowerCase());
}

function operatorOf(written: string): Clause["operator"] {
  return signs.find((operator) => operator === written) ?? "!=";
}

/** Reads an unquoted value: up to its closing parenthesis, the next clause or the end. */
function readBare(
  source: Source,
  start: number,
  open: number | undefined,
  property: string,
): { written: string; end: number } {
  const { text } = source;
  let at = start;
  for (;;) {
    at = pass(plain, text, at);
    const found = text[at];
    if (found === undefined || found === "(" || found === ")") break;
    if (endsHere(source, at, open)) break;
    at = pass(gap, text, at);
  }
  if (text[at] === "(") throw parenthesis(source, at);
  if (text[at] === ")" && open === undefined)
    throw invalid(source, at, "an opening parenthesis before this closing one");
  const written = plainText(text.slice(start, at));
  if (/^[=!@<>]/.test(written)) throw invalid(source, start, `a value for “${property}”`);
  if (/[\r\n]/.test(written))
    throw invalid(source, start, "a value in one line, or quotation marks around it");
  const signIn = text.slice(start, at).search(/[=<>]/);
  if (signIn >= 0) {
    throw invalid(source, start + signIn, "“+” before the next clause, or quotation marks around the value");
  }
  // In parentheses or quotation marks, a value may end in “and” or “or”.
  const [dangling] = (open === undefined && /\s(?:and|or)$/i.exec(written)) || [];
  if (dangling !== undefined) throw invalid(source, at, `a clause after “${dangling.trim()}”`);
  return { written, end: at };
}

function endsHere(source: Source, at: number, open: number | undefined): boolean {
  return endsClause(source, at, open, /[;\r\n]/);
}

/** The text without surrounding quotation marks; unchanged if it has none. */
export function unquote(text: string): string {
  const close = closing.get(text.charAt(0));
  if (close === undefined || text.length < 2 || !text.endsWith(close)) return text;
  const inside = text.slice(1, -1);
  return inside.replaceAll(close + close, "").includes(close)
    ? text
    : plainText(inside.replaceAll(close + close, close));
}
