/**
 * Reads through a list page by page.
 *
 * A list changes while it is read: rows are added and deleted. So every page begins with the last documents of the page
 * before. If it begins with a new document, rows before it were deleted and some documents were skipped: then the reading
 * steps back. Reading a document twice is harmless, skipping one is not.
 * @module
 */
import { createHash } from "node:crypto";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { DocumentsMet, Places } from "./documents-met.ts";

/** The documented size of an answer without a limit, hence one that every server of this API can give. */
export const documentedPage = 1000;

/** Pages that are asked for before they are needed, where waiting takes longer than reading. */
const maxPagesAhead = 5;

/** One part in so many of a page is asked for again with the next one, for rows that go in between. */
const overlapShare = 20;

/** A list that needs more steps back loses rows faster than it can be read. */
const maxStepsBack = 20;

/**
 * The same page may come again by chance, if as many rows were added before it as the reading advanced; near the end of a
 * list that is one or two. So often in a row it is no chance.
 */
const maxSamePages = 3;

/** Requests in a row that bring no document which this reading has not met: then it ends with an error. */
export const maxRequestsWithoutNews = 20;

/** Fetches the elements of a page. */
export type FetchPage = (limit: number, offset: number, signal: AbortSignal) => Promise<Page>;

export interface Page {
  readonly elements: readonly unknown[];
  /** Whether the answer says that more follows it. */
  readonly hasMore: boolean;
  /** Milliseconds until the first element was here, and from then to the last. */
  readonly waited: number;
  readonly worked: number;
}

export interface Reading {
  /** Whether the list was read to its end without a gap. */
  readonly complete: boolean;
  /** Whether some document stood in the list more than once. */
  readonly repeats: boolean;
  /** Two readings in which the same documents came at the same places have the same trace. */
  readonly trace: string;
}

/** When a reading ends before the list does. */
export interface ReadingEnd {
  /** So many documents in `met`, also those that are left out; Infinity for all. */
  readonly wanted: number;
  /** So many documents that were given. */
  readonly enough?: number | undefined;
  /** Called with how many documents were given so far, before they are given. */
  readonly count?: ((documents: number) => void) | undefined;
}

/**
 * Reads until an empty page, or until `met` has `wanted` documents. Pages come in turn; where answers are waited for
 * longer than it takes to read them, the next ones are asked for meanwhile, and used if they turn out to follow.
 * Gives the documents that `met` had not met before.
 * @throws KalError KAL_UPSTREAM_INVALID when the server gives the same page whatever the offset, when its answers
 * bring nothing new twenty times in a row, and when it gives nothing but says that more follows.
 */
export async function* readThrough(
  fetchPage: FetchPage,
  met: DocumentsMet,
  { wanted, enough = Infinity, count }: ReadingEnd,
): AsyncGenerator<readonly DataDocument[], Reading> {
  const inThisReading = new Set<string>();
  const trace = createHash("sha256");
  const pages = createPages(fetchPage);
  let repeats = false;
  let offset = 0;
  /** How many places the next page has in common with the one before. */
  let overlap = 0;
  let overlaps = false;
  let step = 1;
  let stepsBack = 0;
  let samePages = 0;
  let requestsWithoutNews = 0;
  let before: readonly string[] = [];
  const end = (complete: boolean): Reading => ({ complete, repeats, trace: trace.digest("base64") });
  try {
    while ((wanted === Infinity || met.count < wanted) && met.freshCount < enough) {
      const page = await pages.get(offset);
      if (overlaps && !followsOn(page, met, inThisReading)) {
        if ((stepsBack += 1) > maxStepsBack) return end(false);
        step *= 2;
        offset = Math.max(0, offset - step);
        overlaps = offset > 0;
        // After a step back, it is unknown how much of the page was read before.
        overlap = Infinity;
        pages.forget();
        continue;
      }
      if (page.elements.length === 0) {
        if (page.hasMore) throw nothingFollows();
        return end(true);
      }
      met.startAnswer();
      const { places, fresh } = met.add(page.elements);
      count?.(met.freshCount);
      if (fresh.length > 0) yield fresh;
      // Such documents can be met again only where contents are compared.
      if (met.hasDocumentsWithoutId && !met.comparesContents) return end(false);
      const keys = places.filter((key) => key !== null);
      trace.update(`${JSON.stringify(places)}\n`);
      const news = noteKeys(places, inThisReading, overlap);
      repeats ||= news.repeats;
      requestsWithoutNews = news.count > 0 ? 0 : requestsWithoutNews + 1;
      if (requestsWithoutNews >= maxRequestsWithoutNews) throw noNews();
      const known = news.count === 0;
      samePages = known && isSame(keys, before) ? samePages + 1 : 0;
      if (samePages >= maxSamePages) throw samePage();
      step = Math.max(1, Math.floor(keys.length / overlapShare));
      // Two pages of one size are in the middle of a list.
      pages.expect(known || keys.length !== before.length ? 0 : pagesAhead(page), keys.length - step);
      // A page without new documents is not overlapped: the next page begins after it. Nulls may have no places in the list,
      // so they are not counted; reading some documents twice because of that is harmless.
      const advance = known ? keys.length || places.length : keys.length - step;
      offset += advance;
      overlap = places.length - advance;
      overlaps = !known;
      before = keys;
    }
    return end(false);
  } finally {
    pages.leave();
  }
}

/** A page of nulls only cannot be compared; an empty one means that the list has become shorter. */
function followsOn({ elements }: Page, met: DocumentsMet, inThisReading: ReadonlySet<string>): boolean {
  const key = met.firstKey(elements);
  return key === undefined ? elements.length > 0 : inThisReading.has(key);
}

/**
 * Notes the documents of a page.
 * @param overlap how many of its first places were asked for again.
 * @returns how many of its documents are new, and whether one was met before that was not asked for again.
 */
function noteKeys(places: Places, met: Set<string>, overlap: number): { count: number; repeats: boolean } {
  let count = 0;
  let repeats = false;
  places.forEach((key, at) => {
    if (key === null) return;
    if (!met.has(key)) {
      met.add(key);
      count += 1;
    } else if (at >= overlap || count > 0) repeats = true;
  });
  return { count, repeats };
}

/** A server that ignores the offset would be asked without end. */
function isSame(keys: readonly string[], before: readonly string[]): boolean {
  return keys.length > 1 && keys.length === before.length && keys.every((key, at) => key === before[at]);
}

function samePage(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API sends the same records for every page.",
  });
}

function noNews(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: `The Kalibrate Data API answered ${maxRequestsWithoutNews} requests in a row without a new record, and did not come to an end.`,
    hint: "Narrow the query. If this persists, contact Kalibrate.",
  });
}

/** An answer says that more follows, but nothing does. */
export function nothingFollows(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API says that there are more records, but does not send them.",
    hint: "Narrow the query. If this persists, contact Kalibrate.",
  });
}

/** As many pages as arrive while one is read; none if answers come at once, because then reading is the limit. */
function pagesAhead({ waited, worked }: Page): number {
  return Math.min(maxPagesAhead, Math.floor(waited / Math.max(worked, 1)));
}

/** The pages of a list, some of them asked for in advance. */
function createPages(fetchPage: FetchPage) {
  const leaving = new AbortController();
  const asked = new Map<number, Promise<Page>>();
  let inAdvance = 0;
  let stride = 0;
  const ask = (offset: number): Promise<Page> => {
    const page = asked.get(offset) ?? fetchPage(documentedPage, offset, leaving.signal);
    // The failure is thrown where the page is needed; many pages that are requested ahead never are.
    page.catch(() => undefined);
    return page;
  };
  return {
    get(offset: number): Promise<Page> {
      const page = ask(offset);
      asked.delete(offset);
      for (let ahead = 1; ahead <= inAdvance; ahead += 1) {
        const next = offset + ahead * stride;
        asked.set(next, ask(next));
      }
      return page;
    },
    expect(count: number, next: number): void {
      // What comes from pages in advance says nothing about the waiting.
      if (inAdvance > 0 && count === 0 && next === stride) return;
      inAdvance = next > 0 ? count : 0;
      stride = next;
    },
    forget(): void {
      asked.clear();
      inAdvance = 0;
    },
    leave(): void {
      leaving.abort();
    },
  };
}
