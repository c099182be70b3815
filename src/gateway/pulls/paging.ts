/**
 * Fetches a slice whole, page by page.
 *
 * The Data API gives the first 1,000 documents in no particular order unless told otherwise, no total and no link to
 * the next page. So pages are asked for in a fixed order, documents met twice count once, and the offset moves on
 * by what was really new: reading one twice is harmless, skipping one is not.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { type Document, documentKey, readDocument } from "../../kalibrate/documents/document.ts";
import { type Clause, controlNumber, filtersOf, type Query } from "../../kalibrate/query/clauses.ts";
import { encodeQuery } from "../../kalibrate/query/format.ts";

/** The documented size of an answer without a limit, hence a size that every server of this API can give. */
const documentedPage = 1000;

/** The only general property that the vendor shows sorted, with the only direction that is documented. */
const stableOrder: readonly [Clause, Clause] = [
  { property: "orderBy", operator: "=", value: "createdOn" },
  { property: "direction", operator: "=", value: "descending" },
];

/** Fetches one page: the body of `GET {path}?query={encoded}`. */
export type FetchPage = (encodedQuery: string) => Promise<unknown>;

/**
 * Yields the documents of a query in pages, each document once.
 * @param wanted how many documents at most; Infinity for all.
 * @throws KalError KAL_UPSTREAM_INVALID when a page is no list of records, or is given again and again.
 */
export async function* pages(fetchPage: FetchPage, query: Query, wanted: number): AsyncGenerator<Document[]> {
  const base = ordered(query);
  const seen = new Set<string>();
  let offset = controlNumber(query, "offset") ?? 0;
  let given = 0;
  let before: unknown[] = [];
  for (let first = true; given < wanted; first = false) {
    const size = Math.min(documentedPage, wanted - given);
    const elements = elementsOf(await fetchPage(encodeQuery([...base, ...cut(size, offset)])));
    if (elements.length === 0) return;
    const fresh = distinct(elements, seen).slice(0, wanted - given);
    if (fresh.length > 0) yield fresh;
    else refuseRepeated(elements, before);
    before = elements;
    given += fresh.length;
    // Fewer than the documented default of 1,000 can only be all of them; behind a first page nothing is taken
    // for granted and only an empty page is the end.
    if (first && elements.length < size) return;
    offset += fresh.length || elements.length;
  }
}

/** A server that gives the same page again whatever the offset would be asked for ever. */
function refuseRepeated(elements: readonly unknown[], before: readonly unknown[]): void {
  if (JSON.stringify(elements) !== JSON.stringify(before)) return;
  throw new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API gives the same records for every page.",
  });
}

/**
 * The filters and the order, in the one order of clauses that the vendor shows. An order is added where the analyst
 * gave none: pages must fit together, and the first rows of a table must be the same with a limit and without.
 */
function ordered(query: Query): Query {
  const [by, direction] = stableOrder;
  const given = (property: string) => query.find((clause) => clause.property === property);
  const orderBy = given("orderBy");
  const written = given("direction") ?? (orderBy ? undefined : direction);
  return [...filtersOf(query), orderBy ?? by, ...(written ? [written] : [])];
}

function cut(limit: number, offset: number): Clause[] {
  const clauses: Clause[] = [{ property: "limit", operator: "=", value: String(limit) }];
  if (offset > 0) clauses.push({ property: "offset", operator: "=", value: String(offset) });
  return clauses;
}

function elementsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  throw noList("something that is no list of records");
}

function noList(answer: string): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: `The Kalibrate Data API answered with ${answer}.`,
  });
}

/** The documents not seen before; one without an id cannot be compared and always counts as new. */
function distinct(elements: readonly unknown[], seen: Set<string>): Document[] {
  const fresh: Document[] = [];
  for (const element of elements) {
    if (element === null) continue;
    const document = readDocument(element);
    if (document === undefined) throw noList("a list of something that is no record");
    const key = documentKey(document);
    if (key !== undefined) {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    fresh.push(document);
  }
  return fresh;
}
