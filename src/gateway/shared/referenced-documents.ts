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
import type { AnswerMemory, AnswerShare } from "../answer-memory.ts";
import { keepAttributes } from "../slices/keep-attributes.ts";
import { openSlice, readDocuments, type Source } from "../slices/slice.ts";
import type { SharedAnswers } from "./shared-answers.ts";

/** Seconds for which cached names of sites, products and brands may be used. */
export const referenceMaxAge = 600;

/** A referenced collection as pulled, with the time of the request. */
export interface ReferenceIndex {
  /**
   * By entity id, and by the id in lower case if it is unique: an id that is not a GUID may be written in either case.
   */
  readonly documents: ReadonlyMap<string, DataDocument>;
  /** Milliseconds since the epoch; Infinity if the API refuses the collection. */
  readonly asOf: number;
}

export interface ReferencedDocuments {
  /**
   * The documents of a target with at least those attributes, at most `maxAge` seconds old.
   * @throws any error of the pull; the caller's reason as soon as its signal aborts.
   */
  get(
    target: ReferenceTarget,
    attributes: readonly string[],
    maxAge: number,
    caller: ReferenceCaller,
  ): Promise<ReferenceIndex>;
}

export interface ReferenceCaller {
  /** The owner of the data: nothing is shared between two credentials. */
  readonly owner: string;
  readonly signal: AbortSignal;
  readonly shared: SharedAnswers;
  readonly sourceFor: (signal: AbortSignal, share: AnswerShare) => Source;
}

/** Always kept, because the next formula is likely to ask for them. */
const usual = ["entityVariant", "name", "importCode"];

/** Collections whose attributes are remembered: enough for whole organisations. */
const maxTargets = 10_000;

/** A document's id, and the parts of it that are kept. */
type Item = readonly [id: string, document: DataDocument];

/** @param memory for pulls: not that of answers, because an answer waits for it. */
export function createReferencedDocuments(memory: AnswerMemory): ReferencedDocuments {
  /** Attributes that were requested before are likely to be requested again. */
  const requested = new LRUCache<string, ReadonlySet<string>>({ max: maxTargets });
  const indexes = new WeakMap<readonly Item[], ReferenceIndex>();

  return {
    async get(target, attributes, maxAge, { owner, signal, shared, sourceFor }) {
      const { collection, variant = "" } = target;
      const name = JSON.stringify([owner, collection, variant]);
      const kept = new Set([...(requested.get(name) ?? usual), ...attributes]);
      requested.set(name, kept);
      const names = [...kept].sort();
      try {
        const { answer } = await shared.get<null, Item>({
          owner,
          what: ["references", collection, variant, names],
          keepFor: referenceMaxAge,
          maxAge,
          signal,
          async pull(stop, asOf) {
            const share = memory.open(owner, stop);
            try {
              return { head: null, items: await pullItems(target, names, sourceFor(stop, share)), asOf };
            } finally {
              share.shrink(0);
            }
          },
        });
        const { items, asOf } = answer;
        const index = indexes.get(items) ?? { documents: withLowerCase(new Map(items)), asOf };
        indexes.set(items, index);
        return index;
      } catch (error) {
        if (error instanceof KalError && refusals.has(error.code)) return refused;
        throw error;
      }
    },
  };
}

async function pullItems(
  target: ReferenceTarget,
  attributes: readonly string[],
  source: Source,
): Promise<readonly Item[]> {
  const query: Query =
    target.variant === undefined ? [] : [{ property: "entityVariant", operator: "=", value: target.variant }];
  const kept = [...new Set([...identityAttributes, ...attributes])];
  const address = parseSliceAddress(target.collection);
  const keep = (document: DataDocument) => keepAttributes(document, kept);
  const documents = await readDocuments(openSlice({ address, query, maxDocuments: Infinity, keep }, source));
  // There may be several documents with one id; a reference means the one that was changed last.
  const byId = new Map<string, DataDocument>();
  for (const document of documents) {
    const id = entityIdOf(document);
    if (id === undefined) continue;
    const known = byId.get(id);
    if (known === undefined || isNewer(document, known)) byId.set(id, document);
  }
  return [...byId].map(([id, document]) => [id, keepAttributes(document, attributes)]);
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

const refused: ReferenceIndex = { documents: new Map(), asOf: Infinity };

/**
 * If the API refuses a collection to these credentials or does not have it, its names stay empty. An outage is an error,
 * because a table with half of its names would look complete.
 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "KAL_COLLECTION_UNKNOWN",
  "KAL_FORBIDDEN",
  "KAL_QUERY_INVALID",
]);
