/**
 * Reads the body of an answer: a bare list of documents, as in all of the vendor's samples, or a list in an envelope.
 *
 * No envelope of this API is documented. Its members are therefore interpreted as in OData, JSON:API, HAL, Spring and
 * common REST services. Letter case, punctuation and “odata” in their names are ignored.
 * @module
 */
import { KalError } from "../errors.ts";
import { shorten } from "../shorten.ts";

/** What an answer says about the list that it is part of. */
export interface AnswerSignals {
  /** Whether it says that more elements follow: by a next link, a continuation or a flag. */
  readonly hasMore: boolean;
  /**
   * Whether it hints at more elements with something that also appears at the end of a list: a number of pages, a
   * cursor. Ignore the hint if the answer is empty.
   */
  readonly mayHaveMore: boolean;
  /** The list's total number of elements; undefined if not given. Some servers count this answer's elements only. */
  readonly total: number | undefined;
}

export interface Answer extends AnswerSignals {
  readonly elements: readonly unknown[];
}

/** The signals of a bare list. */
export const noSignals: AnswerSignals = { hasMore: false, mayHaveMore: false, total: undefined };

/**
 * Reads an answer; an absent body (204) holds no elements.
 * @throws KalError KAL_UPSTREAM_INVALID if there is no list, if several could be meant, or if the answer reports a
 * failure (even if it also holds a list).
 */
export function readAnswer(body: unknown): Answer {
  if (Array.isArray(body)) return { elements: body, ...noSignals };
  if (body === undefined || body === null || body === "") return { elements: [], ...noSignals };
  if (!isRecord(body)) throw noList();
  refuseFailure(body);
  const found = listIn(body);
  if (found === undefined) throw noList();
  return { elements: found.list, ...signalsOf(body, found.names) };
}

/** Names of members that hold the list, or an inner envelope with the list. */
const listNames = new Set(
  "data items value values results result documents records rows entities content d response payload".split(
    " ",
  ),
);

/** Names of objects that hold only facts about the list. */
const factNames = new Set(
  "meta metadata paging pagination pageinfo page cursors links responsestatus".split(" "),
);

/** How many nested envelopes are opened: {"response":{"data":{"items":[…]}}} has three. */
const maxDepth = 3;

function listIn(
  envelope: Readonly<Record<string, unknown>>,
  depth = 0,
): { readonly list: readonly unknown[]; readonly names: readonly string[] } | undefined {
  const members = Object.entries(envelope).filter(([name]) => listNames.has(plain(name)));
  const lists = members.filter(([, value]) => Array.isArray(value)) as [string, unknown[]][];
  if (lists.length > 1) {
    const names = lists.map(([name]) => `“${name}”`).join(" and ");
    throw new KalError("KAL_UPSTREAM_INVALID", {
      message: `The Kalibrate Data API’s answer holds several lists: ${names}. KAL cannot tell which one is meant.`,
    });
  }
  if (lists[0]) return { list: lists[0][1], names: [lists[0][0]] };
  // A single document has members with these names too.
  if (depth === maxDepth || "id" in envelope) return undefined;
  for (const [name, value] of members) {
    const inner = isRecord(value) ? listIn(value, depth + 1) : undefined;
    if (inner) return { list: inner.list, names: [name, ...inner.names] };
  }
  return undefined;
}

/** The members of an envelope and of the inner objects that hold facts or the list. */
function* factsOf(envelope: Readonly<Record<string, unknown>>, depth = 0): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(envelope)) {
    yield [plain(name), value];
    const isOpened = factNames.has(plain(name)) || listNames.has(plain(name));
    if (isOpened && isRecord(value) && depth < maxDepth) yield* factsOf(value, depth + 1);
  }
}

const failureName = /^(error|exception|fault|failure)|(errors|exceptions|failures|failedshards)$/;
const failureFlag = /^(has|is)?(failed|failure|faulted|error|errors)$/;
const successFlag = /^(is)?(ok|success|successful|succeeded|successstatuscode)$/;
const statusName = /^(http)?(status|statuscode|code|state)$/;
const outcomeName = /^(result|outcome)(status|code)?$/;

/** @param hasStatus whether a `status` describes the answer; in a record it is an attribute. */
function refuseFailure(envelope: Readonly<Record<string, unknown>>, hasStatus = true): void {
  for (const [name, value] of factsOf(envelope)) {
    const isFailure =
      (failureName.test(name) || failureFlag.test(name) || (outcomeName.test(name) && isBadWord(value))) &&
      saysSomething(value);
    const isNoSuccess = successFlag.test(name) && isNo(value);
    if (isFailure || isNoSuccess || (hasStatus && statusName.test(name) && isBadStatus(value)))
      throw failed(value);
  }
}

/**
 * Refuses a list element that reports a failure instead of being a record: `[{"error": …}]`.
 * @param element one without an id.
 * @throws KalError KAL_UPSTREAM_INVALID
 */
export function refuseErrorElement(element: unknown): void {
  if (isRecord(element) && !isRecord(element["data"])) refuseFailure(element, false);
}

function isBadWord(value: unknown): boolean {
  return isWord(value, /^(error|errors|fail|failed|failure|fault|faulted|unsuccessful)$/i);
}

function isBadStatus(value: unknown): boolean {
  if (isBadWord(value)) return true;
  const status = typeof value === "string" ? Number(value) : value;
  return typeof status === "number" && status >= 400 && status < 600;
}

const nextName = /^(next|continuation)|continuation(token|link)?$/;
const moreFlag =
  /^(has|is)?(more|moreresults|moreitems|moredata|moreavailable|next|nextpage|truncated|partial|partialresults|incomplete|incompleteresults|timedout)$/;
const endFlag = /^(is)?(last|final|complete|completed|eof|end|endof(list|data|records|results))(page)?$/;
const cursorName =
  /^((page|paging|scroll|skip|end|last|resume)?(cursor|marker|bookmark)|(page|paging|skip|resume)token|scrollid|lastevaluatedkey|after|remaining(count|items|results|records|rows|elements|documents)?)$/;
const pageCountName = /^(pages|(total|num(ber)?(of)?|last|max)pages?|(total)?pages?(count|total)|last)$/;
const pageNumberName = /^(page|current|number|(current|this)page(number)?|page(number|num|no|index))$/;
const totalName =
  /^((full|filtered|grand|overall)?(total|count)|total(count|of)?(count|items|results|records|rows|elements|documents|entities|hits|available)|(item|result|record|row|element|document|entity)s?(count|filtered)|num(ber)?(of)?(found|items|results|records|rows|documents))$/;

/**
 * What an envelope says about its list.
 * @param listed names of the members that are the list or hold it.
 */
export function signalsOf(
  envelope: Readonly<Record<string, unknown>>,
  listed: readonly string[] = [],
): AnswerSignals {
  let hasMore = false;
  let hasCursor = false;
  let saysEnd = false;
  let total: number | undefined;
  let pages = 1;
  let page = 1;
  const names = new Set(listed.map(plain));
  for (const [name, value] of factsOf(envelope)) {
    if (names.has(name)) continue;
    if (nextName.test(name) || moreFlag.test(name)) {
      hasMore ||= saysSomething(value);
      saysEnd ||= !saysSomething(value);
    } else if (endFlag.test(name) && countIn(value) === undefined) {
      hasMore ||= isNo(value);
      saysEnd ||= !isNo(value);
    } else if (name === "links" && Array.isArray(value)) hasMore ||= value.some(isNextLink);
    else if (cursorName.test(name)) hasCursor ||= saysSomething(value);
    else if (pageCountName.test(name)) pages = Math.max(pages, countIn(value) ?? 1);
    else if (pageNumberName.test(name)) page = Math.max(page, countIn(value) ?? 1);
    else if (totalName.test(name)) total = larger(total, countIn(value));
  }
  // If pages count from 0, the last one looks like the last but one: this costs one more request, nothing else.
  return { hasMore, mayHaveMore: pages > page || (hasCursor && !saysEnd), total };
}

function isNextLink(link: unknown): boolean {
  return isRecord(link) && isWord(link["rel"], /^next$/i);
}

/** A number, also as text or in Elasticsearch's form: `{"value": 20, "relation": "eq"}`. */
function countIn(value: unknown): number | undefined {
  const count = isRecord(value) ? value["value"] : value;
  if (typeof count === "number") return Number.isInteger(count) ? count : undefined;
  return isWord(count, /^\d{1,15}$/) ? Number(count) : undefined;
}

/** Combines the signals of two parts of one answer. */
export function joinSignals(left: AnswerSignals, right: AnswerSignals): AnswerSignals {
  return {
    hasMore: left.hasMore || right.hasMore,
    mayHaveMore: left.mayHaveMore || right.mayHaveMore,
    total: larger(left.total, right.total),
  };
}

function larger(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || (right !== undefined && right > left) ? right : left;
}

/** Whether a member carries a message: it is not null, false, 0, empty, or a word such as “none” or “ok”. */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return false;
  if (typeof value === "string") return !/^\s*(0|false|none|null|ok|success|no errors?)?\s*$/i.test(value);
  return typeof value === "object" ? Object.values(value).some(saysSomething) : true;
}

function isNo(value: unknown): boolean {
  return value === false || value === 0 || isWord(value, /^(false|no|0)$/i);
}

function isWord(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value.trim());
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/^odata(?=.)/, "");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function noList(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API sent something that is not a list of records.",
  });
}

function failed(said: unknown): KalError {
  const words = wordsOf(said);
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: `The Kalibrate Data API says that its answer failed.${words === undefined ? "" : ` It says: ${shorten(words, 200)}`}`,
    hint: "Try again in a minute. If this persists, contact Kalibrate.",
  });
}

/** The first sentence in a failure's description. */
function wordsOf(said: unknown): string | undefined {
  if (typeof said === "string") return said.includes(" ") ? said : undefined;
  if (typeof said !== "object" || said === null) return undefined;
  for (const member of Object.values(said)) {
    const words = wordsOf(member);
    if (words !== undefined) return words;
  }
  return undefined;
}
