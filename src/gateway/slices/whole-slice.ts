/**
 * Reads a complete slice: every document once, or an error.
 *
 * The Data API gives no total and no link to the next page. So a slice is requested in one answer (`limit=0`), and
 * then proven to be complete: if N different documents came, the list must be empty at offset N. The proof works in
 * any order, and finds documents that an ordered list omits. If the one answer is refused or cut, the list is read in
 * pages, several times if needed, until the proof holds.
 * @module
 */
import type { AnswerSignals } from "../../kalibrate/documents/answer.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { withoutSuperseded } from "../../kalibrate/documents/identity.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import type { FetchList } from "../data-api/elements.ts";
import { createDocumentsMet, type DocumentsMet, type Retention } from "./documents-met.ts";
import {
  documentedPage,
  type FetchPage,
  maxRequestsWithoutNews,
  type Reading,
  readThrough,
} from "./read-pages.ts";
import type { ServerMemory } from "./server-memory.ts";
import { type Order, type SliceQuery, sliceQuery } from "./slice-query.ts";

/** Maximum readings of a list that changes during the reading. */
const maxReadings = 8;

/** Fewer documents may come in the same order twice by chance. */
const minDocumentsInOrder = 10;

export interface Pull extends Retention {
  readonly path: string;
  readonly query: Query;
  /** Maximum number of documents; Infinity for all. */
  readonly maxDocuments: number;
  /** Reading stops, without proof, after this many documents were returned; default: Infinity. */
  readonly enough?: number;
  readonly fetch: FetchList;
  readonly memory: ServerMemory;
  /** Called with the number of documents returned so far, before they are returned. */
  readonly count?: ((documents: number) => void) | undefined;
}

export interface Whole {
  /** The kept documents, without superseded ones and those left out. */
  readonly documents: readonly DataDocument[];
  /** Number of superseded ones. */
  readonly superseded: number;
  /** Whether they came in the slice's order (newest first if the query has none). */
  readonly isOrdered: boolean;
}

/** Returns documents as they arrive and, at its end, a result. */
type Steps<T> = AsyncGenerator<readonly DataDocument[], T>;

/**
 * Reads the documents of a slice and returns them complete as they arrive, each once. If the slice must be read again,
 * with contents compared or for more documents than before, they are returned again and counted from 0.
 * @throws KalError KAL_UPSTREAM_INVALID if it cannot prove that none is missing; any error of `fetch`, `keep` and
 * `hold`.
 */
export async function* readWhole(pulling: Pull): Steps<Whole> {
  const { query, maxDocuments, enough = Infinity, memory, path } = pulling;
  const slice = sliceQuery(query);
  const isOrdered = maxDocuments < Infinity || slice.hasOrder || slice.start > 0;
  const order = isOrdered ? "ordered" : "unordered";

  let met = createDocumentsMet(pulling, memory.repeatsIdentities(path));
  let answer = yield* askForAll(pulling, slice, order, met);
  if (answer.repeats && !met.comparesContents) {
    memory.noteRepeats(path);
    met = createDocumentsMet(pulling, true);
    answer = yield* askForAll(pulling, slice, order, met);
  }
  // If the limit is not reached, the whole slice is needed and must be proven.
  if (met.count < maxDocuments && met.freshCount < enough) {
    const name = slice.ask("unordered", 0, 0);
    // A slice that is smaller than before may have been cut this time.
    const isWhole = answer.isWhole && !isOrdered && met.count >= memory.size(path, name);
    const isProven =
      isWhole || (!answer.brokeOff && !answer.hasMore && (await endsBehind(met.count, pulling, slice)));
    if (!isProven) met = yield* readUntilProven(pulling, slice, met);
    if (met.count < maxDocuments && met.freshCount < enough) memory.noteSize(path, name, met.count);
  }
  const read = met.documents().slice(0, maxDocuments);
  const latest = met.mayRepeatIds ? withoutSuperseded(read) : read;
  const superseded = read.length - latest.length;
  const documents = latest.filter((document) => !met.isLeftOut(document));
  if (superseded === 0 || read.length < maxDocuments || met.freshCount >= enough)
    return { documents, superseded, isOrdered };
  // Superseded documents used places of the limit, so the same number more is needed, plus some in case those are
  // superseded as well.
  const more = yield* readWhole({ ...pulling, maxDocuments: maxDocuments + 2 * superseded });
  return { ...more, documents: more.documents.slice(0, maxDocuments) };
}

/** The result of requesting everything in one answer. */
interface OneAnswer {
  /** Whether the answer did not end in time. */
  readonly brokeOff: boolean;
  /** Whether it is complete without further proof: our limit did not cut it, and this server's limit is higher. */
  readonly isWhole: boolean;
  /** Whether it says that more follows. */
  readonly hasMore: boolean;
  /** Whether an identity came more than once. */
  readonly repeats: boolean;
}

/**
 * Requests everything in one answer. If the server refuses that or returns nothing, requests the documented number.
 */
async function* askForAll(
  pulling: Pull,
  slice: SliceQuery,
  order: Order,
  met: DocumentsMet,
): Steps<OneAnswer> {
  const { maxDocuments, path, memory } = pulling;
  const ask = (limit: number) => askOnce(pulling, slice, order, limit, met);
  const limit = maxDocuments < Infinity ? maxDocuments : 0;
  if (limit > 0 && limit <= documentedPage) return yield* ask(limit);
  if (!memory.refusesUnlimited(path)) {
    try {
      const answer = yield* ask(limit);
      if (met.count > 0) return answer;
    } catch (error) {
      if (!(error instanceof KalError)) throw error;
      // A slice that is too large for one answer is read in pages.
      if (error.code === "KAL_TIMEOUT" && met.count > 0)
        return { brokeOff: true, isWhole: false, hasMore: false, repeats: false };
      if (error.code !== "KAL_QUERY_INVALID") throw error;
    }
  }
  const answer = yield* ask(documentedPage);
  if (met.count > 0) memory.noteRefusal(path);
  return answer;
}

async function* askOnce(
  { path, fetch, memory, count, enough = Infinity }: Pull,
  slice: SliceQuery,
  order: Order,
  limit: number,
  met: DocumentsMet,
): Steps<OneAnswer> {
  let elements = 0;
  let documents = 0;
  met.startAnswer();
  const before = met.count;
  const answer = fetch(path, slice.ask(order, limit, 0));
  for await (const some of answer) {
    const { places, fresh } = met.add(some);
    elements += places.length;
    documents += places.filter((key) => key !== null).length;
    count?.(met.freshCount);
    if (fresh.length > 0) yield fresh;
    if (met.freshCount >= enough) return { brokeOff: true, isWhole: false, hasMore: false, repeats: false };
  }
  const isCut = limit > 0 && elements >= limit;
  const asked = limit === 0 ? "everything" : "some";
  const reach = memory.reach(path, asked);
  memory.noteReach(path, asked, elements);
  // The total is not compared with a list that our own limit has cut.
  const hasMore = !isCut && saysMore(answer.signals, elements, slice.start);
  // An empty list at offset 0 is its own proof.
  const repeats = met.count - before < documents;
  const isDoubtful = repeats && met.hasDocumentsWithoutId;
  const isWhole = !isCut && !hasMore && !isDoubtful && (elements < reach || elements === 0);
  return { brokeOff: false, isWhole, hasMore, repeats };
}

/** @param before number of the list's places before the answer's elements. */
function saysMore({ hasMore, mayHaveMore, total }: AnswerSignals, elements: number, before: number): boolean {
  return hasMore || (mayHaveMore && elements > 0) || (total !== undefined && total > before + elements);
}

/** Whether the list has nothing after `count` documents; without an order, because then it omits no document. */
async function endsBehind(count: number, { path, fetch }: Pull, slice: SliceQuery): Promise<boolean> {
  const answer = fetch(path, slice.ask("unordered", 1, count));
  let isEmpty = true;
  for await (const some of answer) if (some.length > 0) isEmpty = false;
  return isEmpty && !saysMore(answer.signals, 0, slice.start + count);
}

/**
 * Reads the list in pages: ordered, and unordered for what an order omits.
 * @returns the documents met; with contents compared if an identity repeats and `met` did not compare them.
 */
async function* readUntilProven(
  pulling: Pull,
  slice: SliceQuery,
  metBefore: DocumentsMet,
): Steps<DocumentsMet> {
  const { maxDocuments, memory, path } = pulling;
  const compare = () => createDocumentsMet(pulling, true);
  const needsContents = (met: DocumentsMet) => met.hasDocumentsWithoutId && !met.comparesContents;
  let met = needsContents(metBefore) ? compare() : metBefore;
  /** The last reading in each order that found nothing new. */
  let before: Partial<Record<Order, Reading>> = {};
  let requestsWithoutNews = 0;
  const counting: Pull = {
    ...pulling,
    fetch: (...asked) => {
      requestsWithoutNews += 1;
      return pulling.fetch(...asked);
    },
  };
  for (let number = 0; number < maxReadings; number += 1) {
    const known = met.count;
    const order: Order = number % 2 === 0 ? "ordered" : "unordered";
    const reading = yield* readThrough(pagesOf(counting, slice, order), met, pulling);
    if (met.count >= maxDocuments || met.freshCount >= (pulling.enough ?? Infinity)) return met;
    if (needsContents(met)) {
      met = compare();
      before = {};
      continue;
    }
    if (!reading.complete) continue;
    if (await endsBehind(met.count, counting, slice)) return met;
    if (reading.repeats && !met.comparesContents) {
      memory.noteRepeats(path);
      met = compare();
      before = {};
      continue;
    }
    // Nulls and repeats may have places in the list, so that the proof cannot hold. Then two equal readings are
    // sufficient. Equal documents without an id may be one document read twice, or two.
    const isDoubtful = reading.repeats && met.hasDocumentsWithoutId;
    const isExplained = (met.hasNulls || reading.repeats) && !isDoubtful;
    if (known !== met.count || !isExplained) {
      before = {};
      requestsWithoutNews = 0;
    }
    const agrees = before[order]?.trace === reading.trace;
    const isNoChance = met.count >= minDocumentsInOrder || requestsWithoutNews >= maxRequestsWithoutNews;
    if (isExplained && agrees && isNoChance) return met;
    before[order] = reading;
  }
  throw new KalError("KAL_UPSTREAM_INVALID", {
    message: "The list changed while KAL was reading it, so rows could be missing.",
    hint: "Try again, or narrow the query.",
  });
}

function pagesOf({ path, fetch, memory }: Pull, slice: SliceQuery, order: Order): FetchPage {
  return async (limit, offset, signal) => {
    const asked = performance.now();
    let begun: number | undefined;
    const elements: unknown[] = [];
    const answer = fetch(path, slice.ask(order, limit, offset), signal);
    for await (const more of answer) {
      begun ??= performance.now();
      for (const element of more) elements.push(element);
    }
    memory.noteReach(path, "some", elements.length);
    const ended = performance.now();
    return {
      elements,
      hasMore: saysMore(answer.signals, elements.length, slice.start + offset),
      waited: (begun ?? ended) - asked,
      worked: ended - (begun ?? ended),
    };
  };
}
