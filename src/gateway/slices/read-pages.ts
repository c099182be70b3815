/**
 * Reads a list page by page.
 *
 * A list may change during the reading: rows are added and deleted. So every page starts with the last documents of
 * the page before. If it starts with a new document, rows before it were deleted and some documents were skipped: then
 * the reading steps back. Reading a document twice is harmless, skipping one is not.
 * @module
 */
import { createHash } from "node:crypto";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { DocumentsMet, Places } from "./documents-met.ts";

/** The documented size of an answer without a limit, which every server of this API can return. */
export const documentedPage = 1000;

/** Maximum pages requested in advance, if waiting takes longer than reading. */
const maxPagesAhead = 5;

/** This fraction of a page (1/20) is requested again with the next one, to detect deleted rows. */
const overlapShare = 20;

/** A list that needs more steps back loses rows faster than it can be read. */
const maxStepsBack = 20;

/**
 * The same page may come again by chance if as many rows were added before it as the reading advanced; near the end of
 * a list that is one or two. This often in a row it is no coincidence.
 */
const maxSamePages = 3;

/** After this many requests in a row without a new document, the reading ends with an error. */
export const maxRequestsWithoutNews = 20;

/** Fetches the elements of a page. */
export type FetchPage = (limit: number, offset: number, signal: AbortSignal) => Promise<Page>;

export interface Page {
  readonly elements: readonly unknown[];
  /** Whether the answer says that more follows. */
  readonly hasMore: boolean;
  /** Milliseconds until the first element arrived, and from then to the last. */
  readonly waited: number;
  readonly worked: number;
}

export interface Reading {
  /** Whether the list was read to its end without a gap. */
  readonly complete: boolean;
  /** Whether some document was in the list more than once. */
  readonly repeats: boolean;
  /** Two readings with the same documents in the same places have the same trace. */
  readonly trace: string;
}

/** Conditions for ending a reading before the list ends. */
export interface ReadingEnd {
  /** Stop at this many documents in `met`, including those left out; Infinity for all. */
  readonly maxDocuments: number;
  /** Stop at this many documents returned. */
  readonly enough?: number | undefined;
  /** Called with the number of documents returned so far, before they are returned. */
  readonly count?: ((documents: number) => void) | undefined;
}

/**
 * Reads until an empty page, or until `met` has `maxDocuments` documents. Pages are used in order. If waiting takes longer
 * than reading, the next ones are requested in advance, and used if they turn out to follow. Returns the documents
 * that are new to `met`.
 * @throws KalError KAL_UPSTREAM_INVALID if the server returns the same page whatever the offset, if its answers
 * contain nothing new twenty times in a row, and if it returns nothing but says that more follows.
 */
export async function* readThrough(
  fetchPage: FetchPage,
  met: DocumentsMet,
  { maxDocuments, enough = Infinity, count }: ReadingEnd,
): AsyncGenerator<readonly DataDocument[], Reading> {
  const inThisReading = new Set<string>();
  const trace = createHash("sha256");
  const pages = createPages(fetchPage);
  let repeats = false;
  let offset = 0;
  /** Number of places that the next page has in common with the one before. */
  let overlap = 0;
  let overlaps = false;
  let step = 1;
  let stepsBack = 0;
  let samePages = 0;
  let requestsWithoutNews = 0;
  let before: readonly string[] = [];
  const end = (complete: boolean): Reading => ({ complete, repeats, trace: trace.digest("base64") });
  try {
    while ((maxDocuments === Infinity || met.count < maxDocuments) && met.freshCount < enough) {
      const page = await pages.get(offset);
      if (overlaps && !followsOn(page, met, inThisReading)) {
        if ((stepsBack += 1) > maxStepsBack) return end(false);
        step *= 2;
        offset = Math.max(0, offset - step);
        overlaps = offset > 0;
        // After a step back, it is unknown how much of the page has been read before.
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
      // Such documents can be recognised again only if contents are compared.
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
      // A page without new documents is not overlapped: the next page starts after it. Nulls may have no places in the
      // list, so they are not counted; reading some documents twice because of that is harmless.
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

/** A page with only nulls cannot be compared; an empty one means that the list has become shorter. */
function followsOn({ elements }: Page, met: DocumentsMet, inThisReading: ReadonlySet<string>): boolean {
  const key = met.firstKey(elements);
  return key === undefined ? elements.length > 0 : inThisReading.has(key);
}

/**
 * Records the documents of a page.
 * @param overlap number of its first places that were requested again.
 * @returns the number of its new documents, and whether a known one came outside the overlap.
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

/** A server that ignores the offset would cause endless requests. */
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
    message: `The Kalibrate Data API answered ${maxRequestsWithoutNews} requests in a row without a new record and without reaching the end.`,
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

/** As many pages as arrive while one is read; none if answers are immediate, because then reading is the limit. */
function pagesAhead({ waited, worked }: Page): number {
  return Math.min(maxPagesAhead, Math.floor(waited / Math.max(worked, 1)));
}

/** The pages of a list, some of them requested in advance. */
function createPages(fetchPage: FetchPage) {
  const leaving = new AbortController();
  const asked = new Map<number, Promise<Page>>();
  let inAdvance = 0;
  let stride = 0;
  const ask = (offset: number): Promise<Page> => {
    const page = asked.get(offset) ?? fetchPage(documentedPage, offset, leaving.signal);
    // The failure is thrown when the page is needed; many pages requested in advance never are.
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
      // Pages requested in advance say nothing about the waiting time.
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
