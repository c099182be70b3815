/**
 * Reads JSON without losing digits. `JSON.parse` makes a double of every number, and a double keeps 15 digits for
 * certain: the ids 90071992547409931 and 90071992547409935 would become the same number. Node 20 and the web views
 * do not give a reviver the number’s source text, so such numbers are put in quotation marks before they are parsed.
 * @module
 */
import { withoutExponent } from "../without-exponent.ts";

/**
 * Whether a number of 16 digits may follow: only these characters stand before a number in JSON. With an exponent,
 * serialisers write one digit before the point: 9.007199254740993E+16.
 */
const beforeLongNumber = /[:,[\s-]\d(?:\d{15}|\.\d{15,}e)/i;

/** The beginning of a text, or a whole number. */
const token = /"|-?\d[\d.eE+-]*/g;

/** A number of more than 15 digits before its point. */
const longNumber = /^(-?\d{16,})(?:\.(?:0+|(\d+)))?$/;

/** What is longer is no code: 1.7976931348623157E+308 is a double, and stays one. Characters. */
const maxCodeChars = 40;

/** A number as its digits, where a double would lose some of them; undefined where it would not. */
function exactDigits(written: string): string | undefined {
  const plain = /e/i.test(written) ? withoutExponent(written) : written;
  const [, digits, decimals] = longNumber.exec(plain ?? "") ?? [];
  if (digits === undefined) return undefined;
  if (plain !== written && (digits.length > maxCodeChars || !/[1-9]\d{14,}[1-9]/.test(digits)))
    return undefined;
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}

/**
 * Parses JSON as `JSON.parse` does, except that numbers of more than 15 digits before the decimal point become text,
 * digit for digit. A number beyond the range of a double (1e400) is Infinity.
 * @throws SyntaxError when the text is no JSON.
 */
export function readJson(text: string): unknown {
  // First as it came: quoting could make JSON of what is none, such as {1234567890123456:1}.
  const value: unknown = JSON.parse(text);
  const quoted = quoteLongNumbers(text);
  return quoted === text ? value : JSON.parse(quoted);
}

/** Whether 15 digits stand in a row. One of them stands at every fifteenth place, so only these are looked at. */
function hasLongRun(json: string): boolean {
  for (let at = 14; at < json.length; at += 15) {
    if (!isDigit(json, at)) continue;
    let start = at;
    while (isDigit(json, start - 1)) start -= 1;
    let end = at + 1;
    while (end - start < 15 && isDigit(json, end)) end += 1;
    if (end - start >= 15) return true;
  }
  return false;
}

function isDigit(json: string, at: number): boolean {
  const code = json.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/**
 * The same JSON with its numbers of more than 15 digits as texts. Without such a run of digits every fifteenth
 * character is looked at.
 */
export function quoteLongNumbers(json: string): string {
  if (!hasLongRun(json) || !beforeLongNumber.test(json)) return json;
  const parts: string[] = [];
  let copied = 0;
  token.lastIndex = 0;
  for (let found = token.exec(json); found; found = token.exec(json)) {
    if (found[0] === '"') {
      token.lastIndex = endOfText(json, found.index);
      continue;
    }
    const digits = exactDigits(found[0]);
    if (digits === undefined) continue;
    parts.push(json.slice(copied, found.index), `"${digits}"`);
    copied = token.lastIndex;
  }
  parts.push(json.slice(copied));
  return parts.join("");
}

/** The place behind the quotation mark that closes a text. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end + 1;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(json: string, at: number): boolean {
  let start = at;
  while (json[start - 1] === "\\") start -= 1;
  return (at - start) % 2 === 1;
}
