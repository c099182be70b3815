/**
 * Reads through a list page by page.
 *
 * Lists move while they are read: rows appear, and rows go. So every page begins with the last documents of the one
 * before. When it begins with one that was not met yet, rows in front of it have gone and some were jumped over: the
 * reading steps back. Meeting a document twice is harmless, jumping over one is not.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { type DocumentsMet, firstKey } from "./documents-met.ts";

/** The documented size of an answer without a limit, hence one that every server of this API can give. */
export const documentedPage = 1000;

/** Pages that are asked for before they are needed, where waiting takes longer than reading. */
const mostAhead = 5;

/** One part in so many of a page is asked for again with the next one, for rows that go in between. */
const overlapShare = 20;

/** A list from which rows go faster than that cannot be read in pages. */
const mostStepsBack = 20;

/**
 * Once a page may come again by chance: where as many rows appear in front as the reading went on, and at a list's end
 * that is one or two. As often as this in a row it does not.
 */
const mostSamePages = 3;

/** Fetches the elements of a page. */
export type FetchPage = (limit: number, offset: number, signal: AbortSignal) => Promise<Page>;

export interface Page {
  readonly elements: readonly unknown[];
  /** Milliseconds until the first element was here, and from then to the last. */
  readonly waited: number;
  readonly worked: number;
}

export interface Reading {
  /** Whether the list was read to its end without a gap. */
  readonly complete: boolean;
  /** Documents that stood in the list more than once. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Reads until an empty page, or until `met` has `wanted` documents. Pages come in turn; where answers are waited for
 * longer than it takes to read them, the next ones are asked for meanwhile, and used if they turn out to follow.
 * @throws KalError KAL_UPSTREAM_INVALID when the server gives the same page whatever the offset.
 */
export async function readThrough(fetchPage: FetchPage, met: DocumentsMet, wanted: number): Promise<Reading> {
  const inThisReading = new Set<string>();
  const repeated = new Set<string>();
  const pages = createPages(fetchPage);
  let offset = 0;
  let overlaps = false;
  let step = 1;
  let stepsBack = 0;
  let samePages = 0;
  let before: readonly string[] = [];
  try {
    while (met.count < wanted) {
      const page = await pages.get(offset);
      if (overlaps && !followsOn(page, inThisReading)) {
        if ((stepsBack += 1) > mostStepsBack) return { complete: false, repeated };
        step *= 2;
        offset = Math.max(0, offset - step);
        overlaps = offset > 0;
        pages.forget();
        continue;
      }
      if (page.elements.length === 0) return { complete: true, repeated };
      const { keys } = met.add(page.elements);
      const known = noteRepeats(keys, inThisReading, repeated);
      samePages = known && isSame(keys, before) ? samePages + 1 : 0;
      if (samePages >= mostSamePages) throw samePage();
      step = Math.max(1, Math.floor(keys.length / overlapShare));
      // Two pages of one size are in the middle of a list.
      pages.expect(known || keys.length !== before.length ? 0 : pagesAhead(page), keys.length - step);
      // What was known already is not begun with again: behind it comes what follows, or the end.
      offset += known ? keys.length || page.elements.length : keys.length - step;
      overlaps = !known;
      before = keys;
    }
    return { complete: false, repeated };
  } finally {
    pages.leave();
  }
}

/** A page of nulls only cannot be compared; an empty one means that the list has become shorter. */
function followsOn({ elements }: Page, met: ReadonlySet<string>): boolean {
  const key = firstKey(elements);
  return key === undefined ? elements.length > 0 : met.has(key);
}

/**
 * Notes which documents stand in the list again behind new ones; those at a page's beginning were asked for again.
 * @returns whether all of them were known.
 */
function noteRepeats(keys: readonly string[], met: Set<string>, repeated: Set<string>): boolean {
  let known = true;
  for (const key of keys) {
    if (!met.has(key)) {
      known = false;
      met.add(key);
    } else if (!known) repeated.add(key);
  }
  return known;
}

/** A server that gives the same page whatever the offset would be asked for ever. */
function isSame(keys: readonly string[], before: readonly string[]): boolean {
  return keys.length > 1 && keys.length === before.length && keys.every((key, at) => key === before[at]);
}

function samePage(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API gives the same records for every page.",
  });
}

/** As many as can come while one is read: none where answers come at once, for then one reader is the limit. */
function pagesAhead({ waited, worked }: Page): number {
  return Math.min(mostAhead, Math.floor(waited / Math.max(worked, 1)));
}

/** The pages of a list, some of them asked for in advance. */
function createPages(fetchPage: FetchPage) {
  const leaving = new AbortController();
  const asked = new Map<number, Promise<Page>>();
  let inAdvance = 0;
  let stride = 0;
  const ask = (offset: number): Promise<Page> => {
    const page = asked.get(offset) ?? fetchPage(documentedPage, offset, leaving.signal);
    // Whoever needs the page learns of its failure; many that are asked for in advance are never needed.
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
