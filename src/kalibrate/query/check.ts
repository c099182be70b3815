/**
 * Looks again at what the server selected: a server that does not know a filter may leave it out and answer with
 * everything.
 *
 * It is lenient: how the Data API compares letter case, zones, wildcards and absent values is not documented, so only
 * what no reading of a clause could have let pass is a violation.
 * @module
 */
import { type Document, memberOf } from "../documents/document.ts";
import { exactNumber } from "../exact-number.ts";
import { pathOf } from "../names.ts";
import { readIsoDate } from "../serial-date.ts";
import { type Clause, filtersOf, isComparison, type Query } from "./clauses.ts";

type Check = (actual: unknown) => boolean;

/** What a query's filters come to, made once for the documents of a pull. */
const prepared = new WeakMap<
  Query,
  readonly { clause: Clause; path: readonly string[]; violates: Check }[]
>();

/**
 * The first filter that a document clearly does not pass.
 * @param document whole: what a document does not say decides nothing.
 * @returns undefined where it passes, and where that cannot be decided.
 */
export function violatedClause(query: Query, document: Document): Clause | undefined {
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
    // Where both parts of a document say something, either may be what the server looked at.
    const inData = valueAt(document.data, path);
    const inId = valueAt(document.id, path);
    if (inData === undefined) return inId !== undefined && violates(inId);
    return violates(inData) && (inId === undefined || violates(inId));
  })?.clause;
}

function valueAt(part: Document["id"], path: readonly string[]): unknown {
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
      // Part of a date, or a date in another spelling, may be what the server takes.
      return (
        moment !== undefined && Math.abs(moment.time - otherMoment.time) > tolerance(moment, otherMoment)
      );
    }
    if (folded(actual) === text) return false;
    const [found, asked] = [spaced(String(actual)), spaced(value)];
    return collators.every((collator) => collator.compare(found, asked) !== 0);
  };
}

/** Flags may come as 0 and 1, and as text. */
const truth: ReadonlyMap<string, boolean> = new Map([
  ["TRUE", true],
  ["1", true],
  ["FALSE", false],
  ["0", false],
]);

function differentTruth(actual: string | number | boolean, text: string): boolean {
  // A number beside 0 and 1 is no flag: what it was compared with is a number too.
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

/**
 * Equal but for what is lost where money is kept in another kind of number. Whole numbers may be codes, which are equal
 * to the last digit or not at all.
 */
function near(one: number | bigint, other: number | bigint): boolean {
  if (isWhole(one) && isWhole(other)) return !(one < other) && !(one > other);
  const [a, b] = [Number(one), Number(other)];
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}

function isWhole(number: number | bigint): boolean {
  return typeof number === "bigint" || Number.isSafeInteger(number);
}

interface Moment {
  /** Milliseconds since the epoch, read as UTC where no zone is written. */
  readonly time: number;
  readonly hasZone: boolean;
}

function momentOf(value: unknown): Moment | undefined {
  const date = typeof value === "string" ? readIsoDate(value) : undefined;
  if (!date) return undefined;
  const { year, month, day, clock = 0, offset } = date;
  // Date.UTC would take the year 1 for 1901.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  return { time: midnight + clock - (offset ?? 0) * 60_000, hasZone: offset !== undefined };
}

const hour = 3_600_000;

/** Local times of two unknown zones can be 26 hours apart; a bare day may mean any time in it. */
function tolerance(one: Moment, other: Moment): number {
  return one.hasZone && other.hasZone ? 1000 : 50 * hour;
}

/** Without letter case, accents, widths, and blanks around it. Upper case makes ß into SS and ı into I. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .trim()
    .toUpperCase();
}

/**
 * As databases compare text at their loosest: ß equals ss, ø equals o, hiragana equals katakana; in German telephone
 * books (SQL Server's German_PhoneBook) ü equals ue. They compare whole texts only, so “contains” is not judged beyond
 * ASCII.
 */
const collators = ["und", "de-u-co-phonebk"].map((name) => new Intl.Collator(name, { sensitivity: "base" }));

/** With one plain blank, dash and apostrophe for each of their kinds, as search indexes keep them. */
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
