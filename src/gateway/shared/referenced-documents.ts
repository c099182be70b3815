/**
 * Documents that other documents refer to: each collection is pulled once, cached and shared.
 * @module
 */
import { LRUCache } from "lru-cache";
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type DataDocument, entityIdOf } from "../../kalibrate/documents/document.ts";
import { identityAttributes, isNewer } from "../../kalibrate/documents/identity.ts";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { ReferenceTarget } from "../../kalibrate/documents/references.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { createSteadyClock } from "../../kalibrate/steady-clock.ts";
import type { AnswerMemory, AnswerShare } from "../answer-memory.ts";
import { shareOfHeap } from "../heap.ts";
import { shareWork, type SharedWork } from "../shared-work.ts";
import { keepAttributes } from "../slices/keep-attributes.ts";
import { openSlice, readDocuments, type Source } from "../slices/slice.ts";

/** A referenced collection as pulled, and when it was asked for. */
export interface ReferenceIndex {
  /**
   * By entity id, and by the id in lower case where only one has it: an id that is no GUID may be written in either.
   */
  readonly documents: ReadonlyMap<string, DataDocument>;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

export interface ReferencedDocuments {
  /**
   * The documents of a target with at least those attributes, at most `maxAge` seconds old.
   * @throws what the pull throws; the caller's reason as soon as its signal aborts.
   */
  get(
    target: ReferenceTarget,
    attributes: readonly string[],
    maxAge: number,
    caller: ReferenceCaller,
  ): Promise<ReferenceIndex>;
}

export interface ReferenceCaller {
  /** Whose data it is: nothing is shared between two credentials. */
  readonly owner: string;
  readonly signal: AbortSignal;
  readonly sourceFor: (signal: AbortSignal, share: AnswerShare) => Source;
}

/** Always kept, because the next formula is likely to ask for them. */
const usual = ["entityVariant", "name", "importCode"];

/** Bytes of a kept attribute, about. */
const valueBytes = 50;

interface Entry {
  readonly index: SharedWork<ReferenceIndex>;
  readonly attributes: ReadonlySet<string>;
  /** Milliseconds by the steady clock. */
  readonly started: number;
  /** The same moment in milliseconds since the epoch. */
  readonly asOf: number;
  isUnderWay: boolean;
}

/**
 * The queries of one refresh arrive within this many milliseconds and share one pull while it is under way. The next
 * refresh pulls again.
 */
const spread = 1000;

/**
 * @param now milliseconds since the epoch, for `asOf`.
 * @param memory for pulls: not that of answers, because an answer waits for it.
 * @param onLookup called with whether the documents were in the cache.
 * @param maxBytes of all collections that are kept; a larger one is used once and not kept.
 */
export function createReferencedDocuments(
  now: () => number,
  memory: AnswerMemory,
  onLookup: (hit: boolean) => void = () => undefined,
  steady = createSteadyClock(now, () => performance.now()),
  maxBytes = shareOfHeap("references"),
): ReferencedDocuments {
  const entries = new LRUCache<string, Entry>({ maxSize: maxBytes, max: 1000 });

  return {
    get(target, attributes, maxAge, { owner, signal, sourceFor }) {
      const key = JSON.stringify([owner, target.collection, target.variant ?? ""]);
      const known = entries.get(key);
      const isEnough =
        known && !known.index.isAbandoned && attributes.every((name) => known.attributes.has(name));
      const isYoung = (entry: Entry) =>
        steady() - entry.started < maxAge * 1000 + (entry.isUnderWay ? spread : 0);
      const hit = isEnough === true && isYoung(known);
      onLookup(hit);
      if (hit) return waitFor(known, signal);
      const started = steady();
      const asOf = now();
      // Attributes that were requested before are likely to be requested again.
      const kept = new Set([...usual, ...(known?.attributes ?? []), ...attributes]);
      const index = shareWork(async (stop) => {
        const share = memory.open(owner, stop);
        try {
          return await pullIndex(target, [...kept], asOf, sourceFor(stop, share));
        } finally {
          share.shrink(0);
        }
      });
      const entry = { index, attributes: kept, started, asOf, isUnderWay: true };
      entries.set(key, entry, { size: 1 });
      // A failed pull is not cached. The size of a good one is known only now.
      const weigh = (size: number) => {
        entry.isUnderWay = false;
        if (entries.peek(key) !== entry) return;
        // lru-cache leaves the size of a value that is set again as it was.
        entries.delete(key);
        if (size > 0) entries.set(key, entry, { size });
      };
      index.outcome.then(
        ({ documents }) => weigh(1 + documents.size * kept.size * valueBytes),
        () => weigh(0),
      );
      return waitFor(entry, signal);
    },
  };
}

async function waitFor({ index, asOf }: Entry, signal: AbortSignal): Promise<ReferenceIndex> {
  try {
    return await index.join(signal);
  } catch (error) {
    if (error instanceof KalError && refusals.has(error.code)) return { documents: nothing, asOf };
    throw error;
  }
}

async function pullIndex(
  target: ReferenceTarget,
  attributes: readonly string[],
  asOf: number,
  source: Source,
): Promise<ReferenceIndex> {
  const query: Query =
    target.variant === undefined ? [] : [{ property: "entityVariant", operator: "=", value: target.variant }];
  const kept = [...new Set([...identityAttributes, ...attributes])];
  const address = parseSliceAddress(target.collection);
  const keep = (document: DataDocument) => keepAttributes(document, kept);
  const documents = await readDocuments(openSlice({ address, query, wanted: Infinity, keep }, source));
  // Documents of one id may stay side by side; a reference names the one that was changed last.
  const byId = new Map<string, DataDocument>();
  for (const document of documents) {
    const id = entityIdOf(document);
    if (id === undefined) continue;
    const known = byId.get(id);
    if (known === undefined || isNewer(document, known)) byId.set(id, document);
  }
  const index = new Map([...byId].map(([id, document]) => [id, keepAttributes(document, attributes)]));
  return { documents: withLowerCase(index), asOf };
}

function withLowerCase(byId: Map<string, DataDocument>): ReadonlyMap<string, DataDocument> {
  const added = new Map<string, DataDocument | undefined>();
  for (const [id, document] of byId) {
    const lower = id.toLowerCase();
    if (!byId.has(lower)) added.set(lower, added.has(lower) ? undefined : document);
  }
  for (const [lower, document] of added) if (document) byId.set(lower, document);
  return byId;
}

const nothing: ReadonlyMap<string, DataDocument> = new Map();

/**
 * If the API refuses a collection to these credentials or does not have it, its names stay empty. An outage is an error,
 * because a table with half of its names would look complete.
 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_COLLECTION_UNKNOWN",
  "KAL_FORBIDDEN",
  "KAL_QUERY_INVALID",
]);
