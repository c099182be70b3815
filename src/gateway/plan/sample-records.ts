/**
 * Sample records, which show what the catalogue does not know, such as the types of properties. One record of each
 * kind is requested and cached per credential and path.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Clause, Query } from "../../kalibrate/query/clauses.ts";
import { kindPropertyOf } from "../../kalibrate/query/unknown-kind.ts";
import { type SharedWork, shareWork } from "../shared-work.ts";
import { openSlice, readDocuments, type Source } from "../slices/slice.ts";
import { newestFirst } from "../slices/slice-query.ts";

/** The caller. */
export interface Asker {
  readonly signal: AbortSignal;
  readonly sourceFor: (signal: AbortSignal) => Source;
  readonly sampleRecord: SampleRecord;
}

/** @returns a record, cached or requested; undefined if there is none. */
export type SampleRecord = (
  kind: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<DataDocument | undefined>,
) => Promise<DataDocument | undefined>;

/** A property may be empty in one record, so another record is read after ten minutes. */
const lifetimeMs = 600_000;

const maxRecords = 1000;

interface Entry {
  readonly record: SharedWork<DataDocument | undefined>;
  readonly at: number;
}

/** @param now a clock in milliseconds that never goes back. */
export function createSampleRecords(now: () => number): (owner: string) => SampleRecord {
  const entries = new LRUCache<string, Entry>({ max: maxRecords });
  return (owner) => (kind, signal, ask) => {
    const key = JSON.stringify([owner, kind]);
    const known = entries.get(key);
    if (known && !known.record.isAbandoned && now() - known.at < lifetimeMs) return known.record.join(signal);
    const entry: Entry = { record: shareWork(ask), at: now() };
    entries.set(key, entry);
    entry.record.outcome.catch(() => {
      if (entries.peek(key) === entry) entries.delete(key);
    });
    return entry.record.join(signal);
  };
}

/** The clause that names a variant or entity type; undefined if the query has none. */
export function kindClause({ collection }: SliceAddress, query: Query): Clause | undefined {
  const kind = kindPropertyOf(collection);
  return query.find(({ property, operator }) => property === kind && operator === "=");
}

/**
 * The newest record of the query's kind, or of any kind.
 * @returns undefined if there is none or the API refuses it: then the query itself will report the refusal.
 * @throws KalError of an outage, after which no guess is made.
 */
export function askForRecord(
  address: SliceAddress,
  query: Query,
  { sampleRecord, sourceFor, signal }: Asker,
): Promise<DataDocument | undefined> {
  const kind = kindClause(address, query);
  return sampleRecord(JSON.stringify([address.path, kind?.value]), signal, async (stop) => {
    try {
      const newest = [...(kind ? [kind] : []), ...newestFirst];
      const request = { address, query: newest, maxDocuments: 1, keep: (document: DataDocument) => document };
      const [record] = await readDocuments(openSlice(request, sourceFor(stop)));
      return record;
    } catch (error) {
      if (!(error instanceof KalError) || error.retryable) throw error;
      return undefined;
    }
  });
}
