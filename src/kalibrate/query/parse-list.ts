/**
 * Reads the list of a clause: `(importCode in 1250, 1251)`, `(name not in 'Diesel (B7)'; Unleaded)`.
 * @module
 */
import { plainText } from "../comparable-text.ts";
import { readValue } from "./clause-value.ts";
import type { Clause } from "./clauses.ts";
import {
  blanks,
  endsClause,
  invalid,
  parenthesis,
  pass,
  passListWord,
  readQuoted,
  type Source,
} from "./scan.ts";
import { listClause } from "./value-list.ts";

/** The property of the clause, and its position. */
interface ListProperty {
  readonly property: string;
  readonly start: number;
  readonly nameEnd: number;
}

/**
 * Reads from `in` or `not in` to the end of the list. Values are separated by commas or semicolons.
 * @param open the index of the clause's opening parenthesis; undefined if it has none.
 */
export function readList(
  source: Source,
  { property, start, nameEnd }: ListProperty,
  open: number | undefined,
): { clause: Clause; end: number } {
  const { text } = source;
  let at = passListWord(text, nameEnd);
  const operator = /^\s*n/i.test(text.slice(nameEnd, at)) ? "not in" : "in";
  const values: string[] = [];
  let hasBareComma = false;
  for (;;) {
    const itemAt = pass(blanks, text, at);
    const { written, end } = readItem(source, itemAt, open);
    if (written === "") throw invalid(source, itemAt, values.length === 0 ? "a list of values" : "a value");
    const reading = readValue(property, "=", written);
    if ("expected" in reading) throw invalid(source, itemAt, reading.expected);
    values.push(reading.value);
    at = pass(blanks, text, end);
    if (!isSeparator(text, at) || endsList(source, at, open)) break;
    hasBareComma ||= /^\d,\d$/.test(text.slice(at - 1, at + 2));
    at += 1;
  }
  return { clause: listClause(property, operator, values, { hasBareComma, position: start + 1 }), end: at };
}

function isSeparator(text: string, at: number): boolean {
  return text[at] === "," || text[at] === ";";
}

/** Characters that cannot end an item. */
const plain = /[^\s+;,()]*/y;
const blanksAndPluses = /[\s+]*/y;

function readItem(source: Source, start: number, open: number | undefined): { written: string; end: number } {
  const { text } = source;
  const isEnd = (closed: number, end: number) =>
    isSeparator(text, end) || text[end] === ")" || endsList(source, closed, open);
  return (
    readQuoted(source, start, isEnd, "a comma after the quotation mark") ?? readBareItem(source, start, open)
  );
}

function readBareItem(
  source: Source,
  start: number,
  open: number | undefined,
): { written: string; end: number } {
  const { text } = source;
  let at = start;
  for (;;) {
    at = pass(plain, text, at);
    if (isSeparator(text, at) || /^[()]?$/.test(text.charAt(at)) || endsList(source, at, open)) break;
    at = pass(blanksAndPluses, text, at);
  }
  if (text[at] === "(") throw parenthesis(source, at);
  if (text[at] === ")" && open === undefined)
    throw invalid(source, at, "an opening parenthesis before this closing one");
  const sign = text.slice(start, at).search(/[=<>]/);
  if (sign >= 0)
    throw invalid(source, start + sign, "“+” before the next clause, or quotation marks around the value");
  const written = plainText(text.slice(start, at));
  if (/[\r\n]/.test(written))
    throw invalid(source, start, "a value in one line, or quotation marks around it");
  return { written, end: at };
}

/** Whether a list ends here: at the end of the text or of a line, or because a clause follows. */
function endsList(source: Source, at: number, open: number | undefined): boolean {
  return endsClause(source, at, open, /[\r\n]/);
}
