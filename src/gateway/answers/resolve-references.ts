/**
 * Loads the documents that a table's fields refer to, one reference at a time along the paths.
 * @module
 */
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import type { FieldPath } from "../../kalibrate/documents/fields.ts";
import {
  type FindReferenced,
  missingHops,
  type ReferenceTarget,
} from "../../kalibrate/documents/references.ts";
import type { ReferenceIndex } from "../shared/referenced-documents.ts";

export interface ResolvedReferences {
  readonly find: FindReferenced;
  /** Milliseconds since the epoch of the oldest referenced data; undefined if none was needed. */
  readonly asOf: number | undefined;
}

/** Loads a referenced collection's documents with at least those attributes, from the cache or from the API. */
export type GetIndex = (target: ReferenceTarget, attributes: readonly string[]) => Promise<ReferenceIndex>;

/** Resolves references of documents that arrive gradually. */
export interface ReferenceResolver extends ResolvedReferences {
  /** Loads all documents that the paths lead to from these ones, unless they are already loaded. */
  readonly resolve: (documents: readonly DataDocument[]) => Promise<void>;
}

/** Loads all documents that `paths` lead to, for a collection whose documents are all available. */
export async function resolveReferences(
  documents: readonly DataDocument[],
  collection: string,
  paths: readonly FieldPath[],
  getIndex: GetIndex,
): Promise<ResolvedReferences> {
  const resolver = createReferenceResolver(collection, paths, getIndex);
  await resolver.resolve(documents);
  return resolver;
}

/**
 * Creates a resolver. Every round loads what the next reference needs. A target is requested once. If it lacks an
 * entity, the collection's other variants are searched as well.
 */
export function createReferenceResolver(
  collection: string,
  paths: readonly FieldPath[],
  getIndex: GetIndex,
): ReferenceResolver {
  const indexes = new Map<string, ReferenceIndex>();
  const referencePaths = paths.filter((path) => path.length > 1);
  // Each later step of a path may be an attribute of a referenced document.
  const attributes = [...new Set(referencePaths.flatMap(([, ...rest]) => rest))];
  const findIn = (target: ReferenceTarget, entityId: string) => {
    const documents = indexes.get(nameOf(target))?.documents;
    return documents?.get(entityId) ?? documents?.get(entityId.toLowerCase());
  };
  const find: FindReferenced = (target, entityId) =>
    findIn(target, entityId) ?? findIn({ ...target, variant: undefined }, entityId);

  return {
    find,
    get asOf() {
      if (indexes.size === 0) return undefined;
      return Math.min(...[...indexes.values()].map((index) => index.asOf));
    },
    async resolve(documents) {
      if (referencePaths.length === 0) return;
      for (;;) {
        const targets = missingTargets(documents, collection, referencePaths, find, indexes);
        if (targets.length === 0) return;
        const pulled = await Promise.all(targets.map((target) => getIndex(target, attributes)));
        targets.forEach((target, at) => indexes.set(nameOf(target), pulled[at] as ReferenceIndex));
      }
    },
  };
}

/**
 * The next targets to pull: first the likely variant, then the whole collection; after that the entity stays unknown.
 */
function missingTargets(
  documents: readonly DataDocument[],
  collection: string,
  paths: readonly FieldPath[],
  find: FindReferenced,
  pulled: ReadonlyMap<string, ReferenceIndex>,
): ReferenceTarget[] {
  const targets = new Map<string, ReferenceTarget>();
  for (const document of documents) {
    for (const path of paths) {
      for (const { target: likely } of missingHops(document, collection, path, find)) {
        const next = [likely, { ...likely, variant: undefined }].find(
          (target) => !pulled.has(nameOf(target)),
        );
        if (next !== undefined) targets.set(nameOf(next), next);
      }
    }
  }
  return [...targets.values()];
}

function nameOf(target: ReferenceTarget): string {
  return `${target.collection} ${target.variant ?? ""}`;
}
