/**
 * Several versions of one entity in a slice: the newest counts.
 *
 * A customer's history is no such case. Every price and volume of a history is an entity with an id of its own (ids are
 * unique in a collection), so only documents that share id, type and variant and that both carry a version are
 * versions of each other; whatever cannot be told apart by version and time of change stays.
 * @module
 */
import { attributeOf, type Document, entityIdOf } from "./document.ts";

/** What the versions of one entity share; undefined for a document without an id or without a version. */
function entityKey(document: Document): string | undefined {
  const id = entityIdOf(document);
  if (id === undefined || versionOf(document) === undefined) return undefined;
  return JSON.stringify([id, attributeOf(document, "entityType"), attributeOf(document, "entityVariant")]);
}

/** Whether `document` is newer than `other`, both of the same `entityKey`: by version, then by time of change. */
export function isNewer(document: Document, other: Document): boolean {
  const [version, before] = [versionOf(document), versionOf(other)];
  if (version === undefined || before === undefined) return false;
  return version === before ? changedAt(document) > changedAt(other) : version > before;
}

/**
 * The items whose documents are the newest of their entity, in the order in which they came. Copies of one version
 * all stay: leaving out what was read twice is the pull's business.
 */
export function newestVersions<Item>(items: readonly Item[], documentOf: (item: Item) => Document): Item[] {
  // Most slices hold every entity once: then there is nothing to compare.
  if (!hasRepeatedIds(items, documentOf)) return [...items];
  const keys = items.map((item) => entityKey(documentOf(item)));
  const newest = new Map<string, Document>();
  items.forEach((item, at) => {
    const [document, key] = [documentOf(item), keys[at]];
    if (key === undefined) return;
    const known = newest.get(key);
    if (known === undefined || isNewer(document, known)) newest.set(key, document);
  });
  return items.filter((item, at) => {
    const [document, key] = [documentOf(item), keys[at]];
    const best = key === undefined ? undefined : newest.get(key);
    return best === undefined || best === document || !isNewer(best, document);
  });
}

function hasRepeatedIds<Item>(items: readonly Item[], documentOf: (item: Item) => Document): boolean {
  const ids = new Set<string>();
  return items.some((item) => {
    const id = entityIdOf(documentOf(item));
    if (id === undefined) return false;
    if (ids.has(id)) return true;
    ids.add(id);
    return false;
  });
}

function versionOf(document: Document): number | undefined {
  const written = attributeOf(document, "entityVersion");
  if (typeof written === "number") return Number.isFinite(written) ? written : undefined;
  return typeof written === "string" && /^\d{1,15}$/.test(written) ? Number(written) : undefined;
}

/** Milliseconds since the epoch; NaN, which is later than nothing, where it is not known. */
function changedAt(document: Document): number {
  return Date.parse(String(attributeOf(document, "updatedOn")));
}
