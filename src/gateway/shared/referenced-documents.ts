/**
 * Documents that other documents refer to: each collection is pulled once, kept for a while and shared.
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

/** What is kept of every document, so that the next formula finds it: by these people know a thing. */
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
 * The queries of one refresh arrive within this many milliseconds: what the first of them pulls is new to all. Only as
 * long as it is under way, so a refresh that follows pulls anew.
 */
const spread = 1000;

/**
 * @param now milliseconds since the epoch, for `asOf`.
 * @param memory for what is pulled: not the one of answers, as an answer waits for it.
 * @param onLookup told whether what was asked for was at hand.
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
      // What was asked for before is likely asked for again.
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
      // What failed or was refused is asked for anew; what was pulled is weighed only now that its size is known.
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
 * A collection that is not there or not for these credentials leaves its names empty; an outage is an error, else
 * a table with half its names would look like a whole one.
 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_COLLECTION_UNKNOWN",
  "KAL_FORBIDDEN",
  "KAL_QUERY_INVALID",
]);
