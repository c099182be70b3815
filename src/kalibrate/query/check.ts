/**
 * Checks the server's selection: a server that does not know a filter may ignore it and return everything.
 *
 * The check is lenient. How the Data API compares letter case, time zones, wildcards and absent values is not
 * documented, so a document violates a clause only if it fails under every plausible reading.
 * @module
 */
import { type DataDocument, memberOf } from "../documents/document.ts";
import { exactNumber } from "../exact-number.ts";
import { pathOf } from "../names.ts";
import { readIsoDate } from "../serial-date.ts";
import { type Clause, filtersOf, isComparison, type Query } from "./clauses.ts";

type Check = (actual: unknown) => boolean;

/** The checks of a query's filters, prepared once for all documents of a pull. */
const prepared = new WeakMap<
  Query,
  readonly { clause: Clause; path: readonly string[]; violates: Check }[]
>();

/**
 * The first filter that a document clearly fails.
 * @param document the whole document, with all fields: an absent field proves nothing.
 * @returns undefined if it passes or the check cannot tell.
 */
export function violatedClause(query: Query, document: DataDocument): Clause | undefined {
  let checks = prepared.get(query);
  if (checks === undefined) {
    checks = filtersOf(query).map((clause) => ({
      clause,
      path: pathOf(clause.property),
      violates: violation(clause),
    }));
    prepared.set(query, checks);
  }
  return checks.find(({ path, violates }) => {
    // If both parts of the document have a value, the server may have compared either.
    const inData = valueAt(document.data, path);
    const inId = valueAt(document.id, path);
    if (inData === undefined) return inId !== undefined && violates(inId);
    return violates(inData) && (inId === undefined || violates(inId));
  })?.clause;
}

function valueAt(part: DataDocument["id"], path: readonly string[]): unknown {
  return path.reduce<unknown>(memberOf, part);
}

function violation({ operator, value }: Clause): Check {
  if (operator === "!=") return (actual) => isPlain(actual) && String(actual) === value;
  if (/[*%?_]/.test(value)) return () => false;
  if (operator === "@=") {
    const part = folded(value);
    return (actual) =>
      typeof actual === "string" && !folded(actual).includes(part) && isAscii(folded(actual) + part);
  }
  return isComparison(operator) ? outOfOrder(operator, value) : different(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function different(value: string): Check {
  const text = folded(value);
  const number = exactNumber(value);
  const moment = momentOf(value);
  return (actual) => {
    if (actual === value || !isPlain(actual)) return false;
    if (typeof actual === "boolean" || truth.has(text)) return differentTruth(actual, text);
    const other = exactNumber(actual);
    if (number !== undefined && other !== undefined) return !near(number, other);
    if (typeof actual === "number") return false;
    const otherMoment = momentOf(actual);
    if (otherMoment) {
      // The server may accept a part of a date, or a date in another spelling.
      return (
        moment !== undefined && Math.abs(moment.time - otherMoment.time) > tolerance(moment, otherMoment)
      );
    }
    if (folded(actual) === text) return false;
    const [found, asked] = [spaced(String(actual)), spaced(value)];
    return collators.every((collator) => collator.compare(found, asked) !== 0);
  };
}

/** Flags may arrive as 0 and 1, or as text. */
const truth: ReadonlyMap<string, boolean> = new Map([
  ["TRUE", true],
  ["1", true],
  ["FALSE", false],
  ["0", false],
]);

function differentTruth(actual: string | number | boolean, text: string): boolean {
  // A number other than 0 and 1 is not a flag, so the values are compared as numbers.
  const number = typeof actual === "number" ? exactNumber(text) : undefined;
  if (typeof actual === "number" && number !== undefined) return !near(actual, number);
  const [one, other] = [truth.get(folded(String(actual))), truth.get(text)];
  return one !== undefined && other !== undefined && one !== other;
}

function outOfOrder(operator: Clause["operator"], value: string): Check {
  const number = exactNumber(value);
  const moment = momentOf(value);
  const isGreater = operator.startsWith(">");
  return (actual) => {
    const other = exactNumber(actual);
    if (number !== undefined && other !== undefined) {
      return !near(number, other) && isGreater !== other > number;
    }
    const otherMoment = momentOf(actual);
    if (!moment || !otherMoment) return false;
    const later = otherMoment.time - moment.time;
    return isGreater ? later < -tolerance(moment, otherMoment) : later > tolerance(moment, otherMoment);
  };
}

/** Equal up to the rounding of another number type. Whole numbers may be codes, so they must be equal exactly. */
function near(left: number | bigint, right: number | bigint): boolean {
  if (isWhole(left) && isWhole(right)) return !(left < right) && !(left > right);
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}

function isWhole(number: number | bigint): boolean {
  return typeof number === "bigint" || Number.isSafeInteger(number);
}

interface Moment {
  /** Milliseconds since the epoch; read as UTC if no zone is given. */
  readonly time: number;
  readonly hasZone: boolean;
}

function momentOf(value: unknown): Moment | undefined {
  const date = typeof value === "string" ? readIsoDate(value) : undefined;
  if (!date) return undefined;
  const { year, month, day, clock = 0, offset } = date;
  // Date.UTC would read the year 1 as 1901.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  return { time: midnight + clock - (offset ?? 0) * 60_000, hasZone: offset !== undefined };
}

const hour = 3_600_000;

/** Milliseconds. Local times of two unknown zones can be 26 hours apart; a date alone may mean any time of that day. */
function tolerance(left: Moment, right: Moment): number {
  return left.hasZone && right.hasZone ? 1000 : 50 * hour;
}

/** The text without case, accents, character widths and surrounding blanks. Upper case turns ß into SS and ı into I. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .trim()
    .toUpperCase();
}

/**
 * The loosest comparisons that databases use: ß equals ss, ø equals o, hiragana equals katakana; in SQL Server's
 * German_PhoneBook ü equals ue. Collators compare whole texts only, so “contains” is checked for ASCII only.
 */
const collators = ["und", "de-u-co-phonebk"].map((name) => new Intl.Collator(name, { sensitivity: "base" }));

/** Replaces every kind of blank, dash and apostrophe by the plain one, as search indexes do. */
function spaced(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[’‘ʼ]/g, "'");
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
