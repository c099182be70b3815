/**
 * Pulls a slice whole: every document once, or an error.
 *
 * The Data API gives no total and no link to what follows. So a slice is asked for in one answer (`limit=0`), and
 * what came is proven to be all of it: in a list with as many places as there are different documents at hand, the
 * next place is empty. That holds whatever the order, and shows documents that an ordered list leaves out. Where the
 * one answer is refused or cut, the list is read in pages, again if need be, until the proof holds.
 * @module
 */
import type { Document } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import type { FetchElements } from "../data-api/elements.ts";
import { createDocumentsMet, type DocumentsMet } from "./documents-met.ts";
import { type Order, type SliceQuery, sliceQuery } from "./page-query.ts";
import { documentedPage, type FetchPage, type Reading, readThrough } from "./reading.ts";
import type { ServerMemory } from "./server-memory.ts";

/**
 * An answer of fewer elements is whole without proof: 1,000 is the API's documented default and 100 that of the
 * database behind it, so no server is expected to cut below. One request less for every small slice.
 */
const smallestCut = 100;

/** Readings of a list that does not hold still. */
const mostReadings = 6;

export interface Pull {
  readonly path: string;
  readonly query: Query;
  /** How many documents at most; Infinity for all. */
  readonly wanted: number;
  readonly fetch: FetchElements;
  readonly memory: ServerMemory;
}

/**
 * Hands on the documents of a slice, each once, as they come.
 * @returns whether they came in the slice's order (newest first, where the query gives none).
 * @throws KalError KAL_UPSTREAM_INVALID where it cannot be proven that none is missing; what `fetch` throws.
 */
export async function pull(
  pulling: Pull,
  take: (documents: readonly Document[]) => void,
): Promise<{ readonly ordered: boolean }> {
  const { query, wanted, memory, path } = pulling;
  const slice = sliceQuery(query);
  const met = createDocumentsMet(wanted, take);
  const ordered = wanted < Infinity || slice.hasOrder || slice.start > 0;

  const answer = await askForAll(pulling, slice, ordered ? "ordered" : "unordered", met);
  if (met.count >= wanted) return { ordered };
  // A limit that is not reached is no limit: from here on the slice is wanted whole.
  const name = slice.ask("unordered", 0, 0);
  const isSmall = answer === "whole" && !ordered && met.count < smallestCut;
  const isKnown = answer === "whole" && met.count > 0 && memory.provenCount(path, name) === met.count;
  if (isSmall || isKnown) return { ordered };
  if (answer === "broken off" || !(await endsBehind(met.count, pulling, slice))) {
    await readUntilProven(pulling, slice, met);
  }
  if (met.count < wanted) memory.noteProof(path, name, met.count);
  return { ordered };
}

/**
 * Asks for everything that is wanted in one answer. Where the server refuses that, or gives nothing, it is asked for
 * the documented number.
 */
async function askForAll(
  { wanted, path, fetch, memory }: Pull,
  slice: SliceQuery,
  order: Order,
  met: DocumentsMet,
): Promise<"whole" | "broken off"> {
  const ask = (limit: number) =>
    fetch(path, slice.ask(order, limit, 0), (elements) => void met.add(elements));
  const limit = wanted < Infinity ? wanted : 0;
  if (limit > 0 && limit <= documentedPage) return ask(limit).then(() => "whole");
  if (!memory.refusesUnlimited(path)) {
    try {
      await ask(limit);
      if (met.count > 0) return "whole";
    } catch (error) {
      if (!(error instanceof KalError)) throw error;
      // What is too much for one answer comes in pages.
      if (error.code === "KAL_TIMEOUT" && met.count > 0) return "broken off";
      if (error.code !== "KAL_QUERY_INVALID") throw error;
    }
  }
  await ask(documentedPage);
  if (met.count > 0) memory.noteRefusal(path);
  return "whole";
}

/** Whether the place behind `count` documents is empty, in a list that nothing is left out of for want of a key. */
async function endsBehind(count: number, { path, fetch }: Pull, slice: SliceQuery): Promise<boolean> {
  let empty = true;
  await fetch(path, slice.ask("unordered", 1, count), () => {
    empty = false;
  });
  return empty;
}

/** Reads the list in pages: in its order, and without one for what an order leaves out. */
async function readUntilProven(pulling: Pull, slice: SliceQuery, met: DocumentsMet): Promise<void> {
  const { wanted } = pulling;
  const before: Partial<Record<Order, Reading>> = {};
  for (let number = 0; number < mostReadings && !met.nameless; number += 1) {
    const known = met.count;
    const order: Order = number % 2 === 0 ? "ordered" : "unordered";
    const reading = await readThrough(pagesOf(pulling, slice, order), met, wanted);
    if (met.count >= wanted) return;
    if (reading.complete) {
      if (await endsBehind(met.count, pulling, slice)) return;
      // Nulls and repeats may have places of their own; then two readings that agree must do.
      const same = before[order];
      if (same && met.count === known && agree(reading, same, met)) return;
      before[order] = reading;
    }
  }
  throw new KalError("KAL_UPSTREAM_INVALID", {
    message: "The list changes while it is read, so that nothing proves it whole.",
    hint: "Try again, or narrow the query.",
  });
}

function agree(one: Reading, other: Reading, { nulls }: DocumentsMet): boolean {
  return (nulls > 0 || one.repeated.size > 0) && isSameSet(one.repeated, other.repeated);
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key));
}

function pagesOf({ path, fetch }: Pull, slice: SliceQuery, order: Order): FetchPage {
  return async (limit, offset, signal) => {
    const asked = performance.now();
    let begun: number | undefined;
    const elements: unknown[] = [];
    const gather = (more: readonly unknown[]) => {
      begun ??= performance.now();
      for (const element of more) elements.push(element);
    };
    await fetch(path, slice.ask(order, limit, offset), gather, signal);
    const ended = performance.now();
    return { elements, waited: (begun ?? ended) - asked, worked: ended - (begun ?? ended) };
  };
}
