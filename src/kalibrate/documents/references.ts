/**
 * Following references: which other documents a field needs, and what it says once they are at hand.
 * @module
 */
import { isPersonalPair } from "../catalogue/personal-data.ts";
import { findReference, type Reference } from "../catalogue/references.ts";
import { attributeOf, type Document, memberOf, referencedId } from "./document.ts";
import type { FieldPath } from "./fields.ts";

/** Where to look for a referenced entity: a collection and, where it has variants, the likeliest one. */
export interface ReferenceTarget {
  /** `site`, `reference/Brand`. */
  readonly collection: string;
  readonly variant: string | undefined;
}

/** Gives the document with that entity id, where it was found. */
export type FindReferenced = (target: ReferenceTarget, entityId: string) => Document | undefined;

/** A hop along a field's path from one document to the one it refers to. */
export interface Hop {
  readonly target: ReferenceTarget;
  readonly entityId: string;
}

/**
 * The value at a path, hopping over references. A list on the way is gone through item by item, unless the path picks
 * one by its index.
 * @returns undefined where anything on the way is absent or cannot be resolved: that is an empty cell, never an
 * error for the table.
 */
export function valueAt(
  document: Document,
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): unknown {
  return follow(document, { collection, path, find });
}

/** All hops on the path whose documents are not at hand: a list may refer to many. */
export function missingHops(
  document: Document,
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
  /** Takes up the hops that could not be made. */
  readonly missing?: Hop[];
}

function follow(document: Document, way: Way): unknown {
  const [first = "", ...rest] = way.path;
  return step(attributeOf(document, first), first, document, { ...way, path: rest });
}

/** Goes on from the value of an attribute of `document`, or of something embedded in it. */
function step(value: unknown, attribute: string, document: Document, way: Way): unknown {
  const [next, ...rest] = way.path;
  if (next === undefined || value === undefined) return value;
  if (Array.isArray(value) && !/^\d+$/.test(next)) {
    return value
      .map((item: unknown) => step(item ?? undefined, attribute, document, way))
      .filter((item) => item !== undefined);
  }
  // A path to the values of pairs must not show more than the pairs themselves do.
  if (isPersonalPair(value)) return undefined;
  const embedded = memberOf(value, next);
  if (embedded !== undefined) {
    // An item of a list is still what the list's attribute says it is.
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

/** Proposed prices and costs belong to own sites, so only a competitor's things refer to a competitor's. */
function targetOf(reference: Reference, referrer: Document): ReferenceTarget {
  const variant =
    reference.variant === "like referrer"
      ? attributeOf(referrer, "entityVariant") === "Competitor"
        ? "Competitor"
        : "Own"
      : reference.variant;
  return { collection: reference.collection, variant };
}
