/**
 * Following references: which other documents a field needs, and what it says once they are at hand.
 * @module
 */
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

/** What following a path came to: a value, or a document that is not at hand yet. */
type Outcome = { readonly value: unknown } | { readonly missing: Hop };

/**
 * The value at a path, hopping over references.
 * @returns undefined where anything on the way is absent or cannot be resolved: that is an empty cell, never an
 * error for the table.
 */
export function valueAt(
  document: Document,
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): unknown {
  const outcome = follow(document, collection, path, find);
  return "value" in outcome ? outcome.value : undefined;
}

/** The first hop on the path whose document is not at hand; undefined where the path ends without one. */
export function missingHop(
  document: Document,
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): Hop | undefined {
  const outcome = follow(document, collection, path, find);
  return "missing" in outcome ? outcome.missing : undefined;
}

function follow(document: Document, collection: string, path: FieldPath, find: FindReferenced): Outcome {
  const [first = "", second, ...rest] = path;
  const value = attributeOf(document, first);
  if (second === undefined || value === undefined) return { value };
  const embedded = memberOf(value, second);
  if (embedded !== undefined) {
    return { value: rest.reduce<unknown>(memberOf, embedded) };
  }
  const reference = findReference(collection, first);
  const entityId = referencedId(value);
  if (reference === undefined || entityId === undefined) return { value: undefined };
  const target = targetOf(reference, document);
  const referenced = find(target, entityId);
  if (referenced === undefined) return { missing: { target, entityId } };
  return follow(referenced, reference.collection, [second, ...rest], find);
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
