/**
 * Reads a query's text into clauses, and says where it cannot.
 * @module
 */
import { KalError } from "../errors.ts";
import { type Clause, controlWords, isControl, operatorList, operators, type Query } from "./clauses.ts";

/**
 * Reads `(property operator value)+(…)`. Blanks around every part are let pass; the `+` between two clauses may be
 * missing or be blanks, because that is what is left of it where somebody decoded a URL.
 * @throws KalError KAL_QUERY_INVALID whose message names the position (first character is 1).
 */
export function parseQuery(text: string): Query {
  const query: Clause[] = [];
  let at = skip(text, 0, /[\s+]/);
  while (at < text.length) {
    if (text[at] !== "(") throw invalid(text, at, "an opening parenthesis");
    const end = closing(text, at);
    const clause = parseClause(text, at + 1, end);
    if (isControl(clause) && query.some((other) => other.property === clause.property)) {
      throw invalid(text, at, `only one “${clause.property}”`);
    }
    query.push(clause);
    at = skip(text, end + 1, /[\s+]/);
  }
  return query;
}

/** Index of the parenthesis that closes the one at `open`. */
function closing(text: string, open: number): number {
  const inner = text.slice(open + 1).search(/[()]/);
  if (inner < 0) throw invalid(text, text.length, `a closing parenthesis for the one at ${open + 1}`);
  const found = open + 1 + inner;
  if (text[found] === "(") {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `Query, position ${found + 1}: a parenthesis inside a clause.`,
      hint: "Close the clause before the next one begins; a value with parentheses cannot be sent to the Data API.",
    });
  }
  return found;
}

function parseClause(text: string, start: number, end: number): Clause {
  const inside = text.slice(start, end);
  const sign = inside.search(/[=!@<>]/);
  if (sign < 0) throw invalid(text, end, `an operator (${operatorList})`);
  const operator = operators.find((candidate) => inside.startsWith(candidate, sign));
  if (operator === undefined) throw invalid(text, start + sign, `one of ${operatorList}`);
  const property = inside.slice(0, sign).trim();
  if (!/^[A-Za-z_][\w.]*$/.test(property)) {
    throw invalid(text, skip(text, start, /\s/), "the name of a property");
  }
  const value = inside.slice(sign + operator.length).trim();
  const valueAt = skip(text, start + sign + operator.length, /\s/);
  if (value === "" || /^[=!@<>]/.test(value)) throw invalid(text, valueAt, `a value for “${property}”`);
  return checkControl(text, valueAt, { property: spellControl(property), operator, value });
}

/** Control words in the vendor's spelling, whatever the analyst's letter case. */
function spellControl(property: string): string {
  return controlWords.find((word) => word.toLowerCase() === property.toLowerCase()) ?? property;
}

/** Control clauses say how to answer: only `=`, and only values that mean something. */
function checkControl(text: string, valueAt: number, clause: Clause): Clause {
  if (!isControl(clause)) return clause;
  const { property, operator, value } = clause;
  if (operator !== "=") throw invalid(text, valueAt - operator.length, `“=” after “${property}”`);
  if ((property === "limit" || property === "offset") && !/^\d{1,9}$/.test(value)) {
    throw invalid(text, valueAt, `a whole number from 0 for “${property}”`);
  }
  if (property === "direction") {
    const word = value.toLowerCase();
    if (!["ascending", "descending"].includes(word)) {
      throw invalid(text, valueAt, "“ascending” or “descending”");
    }
    return { ...clause, value: word };
  }
  return clause;
}

function skip(text: string, from: number, blank: RegExp): number {
  let at = from;
  while (at < text.length && blank.test(text.charAt(at))) at += 1;
  return at;
}

function invalid(text: string, at: number, expected: string): KalError {
  const found =
    at >= text.length ? "the text ends" : `“${text.slice(at, at + 20)}${text.length > at + 20 ? "…" : ""}”`;
  return new KalError("KAL_QUERY_INVALID", {
    message: `Query, position ${at + 1}: expected ${expected}, found ${found}.`,
  });
}
