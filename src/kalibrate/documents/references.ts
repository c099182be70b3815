/**
 * Following references: which other documents a field needs, and the field's value once they are loaded.
 * @module
 */
import { isPersonalPair } from "../catalogue/personal-data.ts";
import { findReference, type Reference, referredVariant } from "../catalogue/references.ts";
import { attributeOf, type DataDocument, memberOf, referencedId } from "./document.ts";
import type { FieldPath } from "./fields.ts";

/** Where to search a referenced entity: its collection and, if that has variants, the likeliest one. */
export interface ReferenceTarget {
  /** `site`, `reference/Brand`. */
  readonly collection: string;
  readonly variant: string | undefined;
}

/** Returns the document with this entity id; undefined if it was not found or is not loaded yet. */
export type FindReferenced = (target: ReferenceTarget, entityId: string) => DataDocument | undefined;

/** One step along a field's path, from a document to the one it refers to. */
export interface Hop {
  readonly target: ReferenceTarget;
  readonly entityId: string;
}

/**
 * The value at a path, following references. A list on the way is mapped item by item, unless the path selects one by
 * its index.
 * @returns undefined if a step is absent or cannot be resolved: the cell stays empty, the table does not fail.
 */
export function valueAt(
  document: DataDocument,
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): unknown {
  const [only = ""] = path;
  return path.length === 1 ? attributeOf(document, only) : follow(document, { collection, path, find });
}

/** The references on the path whose documents `find` does not return yet: several if a list refers to many. */
export function missingHops(
  document: DataDocument,
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): Hop[] {
  const missing: Hop[] = [];
  follow(document, { collection, path, find, missing });
  return missing;
}

interface Way {
  readonly collection: string;
  readonly path: FieldPath;
  readonly find: FindReferenced;
  /** Collects the references that could not be followed. */
  readonly missing?: Hop[];
}

function follow(document: DataDocument, way: Way): unknown {
  const [first = "", ...rest] = way.path;
  return step(attributeOf(document, first), first, document, { ...way, path: rest });
}

/** Continues from a value of `document`'s attribute, or from a value embedded in it. */
function step(value: unknown, attribute: string, document: DataDocument, way: Way): unknown {
  const [next, ...rest] = way.path;
  if (next === undefined || value === undefined) return value;
  if (Array.isArray(value) && !/^\d+$/.test(next)) {
    return value
      .map((item: unknown) => step(item ?? undefined, attribute, document, way))
      .filter((item) => item !== undefined);
  }
  // A path into name–value pairs must not reveal more than the pairs themselves do.
  if (isPersonalPair(value)) return undefined;
  const embedded = memberOf(value, next);
  if (embedded !== undefined) {
    // An item of a list means the same as the list's own attribute.
    const holder = Array.isArray(value) ? attribute : next;
    return step(embedded, holder, document, { ...way, path: rest });
  }
  const reference = findReference(way.collection, attribute);
  const entityId = referencedId(value);
  if (reference === undefined || entityId === undefined) return undefined;
  const target = targetOf(reference, document);
  const referenced = way.find(target, entityId);
  if (referenced) return follow(referenced, { ...way, collection: reference.collection });
  way.missing?.push({ target, entityId });
  return undefined;
}

function targetOf(reference: Reference, referrer: DataDocument): ReferenceTarget {
  const variant = referredVariant(reference, attributeOf(referrer, "entityVariant"));
  return { collection: reference.collection, variant };
}
