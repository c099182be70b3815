/**
 * Reads JSON without losing digits. `JSON.parse` turns every number into a double, which keeps only 15 digits for
 * certain: the ids 90071992547409931 and 90071992547409935 would become equal. Node 20 and the web views do not give a
 * reviver the number's source text, so long numbers are quoted before parsing.
 * @module
 */
import { withoutExponent } from "../without-exponent.ts";

/**
 * Whether the text may contain a number of 16 digits: in JSON only these characters precede a number. With an exponent,
 * serialisers write one digit before the point: 9.007199254740993E+16.
 */
const beforeLongNumber = /[:,[\s-]\d(?:\d{15}|\.\d{15,}e)/i;

/** The start of a string, or a whole number literal. */
const token = /"|-?\d[\d.eE+-]*/g;

/** A number of more than 15 digits before its point. */
const longNumber = /^(-?\d{16,})(?:\.(?:0+|(\d+)))?$/;

/** Longer numbers are not codes: 1.7976931348623157E+308 is a double and stays one. Characters. */
const maxCodeChars = 40;

/** The number's digits if a double would lose some of them, otherwise undefined. */
function exactDigits(written: string): string | undefined {
  const plain = /e/i.test(written) ? withoutExponent(written) : written;
  const [, digits, decimals] = longNumber.exec(plain ?? "") ?? [];
  if (digits === undefined) return undefined;
  if (plain !== written && (digits.length > maxCodeChars || !/[1-9]\d{14,}[1-9]/.test(digits)))
    return undefined;
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}

/**
 * Like `JSON.parse`, except that numbers of more than 15 digits before the decimal point become text with all their
 * digits. A number beyond a double's range (1e400) becomes Infinity.
 * @throws SyntaxError if the text is not JSON.
 */
export function readJson(text: string): unknown {
  // Parse the original first: quoting could make invalid JSON valid, such as {1234567890123456:1}.
  const value: unknown = JSON.parse(text);
  const quoted = quoteLongNumbers(text);
  return quoted === text ? value : JSON.parse(quoted);
}

/**
 * Whether there are 15 digits in a row. Such a run covers a multiple of 15, so only every 15th character is checked.
 */
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
 * The same JSON with numbers of more than 15 digits quoted. Fast if there are none: it checks every 15th character
 * only.
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

/** The index after the quotation mark that closes a string. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end + 1;
}

/** Whether the character is escaped: an odd number of backslashes precedes it. */
function isEscaped(json: string, at: number): boolean {
  let start = at;
  while (json[start - 1] === "\\") start -= 1;
  return (at - start) % 2 === 1;
}
