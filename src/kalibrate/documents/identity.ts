/**
 * When two documents are the same, and when one supersedes another. All code that reads documents uses this definition.
 *
 * Documents share an identity when their id, type, variant and version are equal. They are the same when their content
 * is equal too. A document is superseded when another has the same id, type and variant and a higher numeric version.
 * @module
 */
import { attributeOf, type DataDocument, entityIdOf } from "./document.ts";
import { refuseEndlessNesting } from "./nesting.ts";

/** The attributes that form the identity, and those that tell which of two documents is newer. */
export const identityAttributes = [
  "entityId",
  "entityVersion",
  "entityType",
  "entityVariant",
  "createdOn",
  "updatedOn",
] as const;

/** @returns a text that is equal for documents with the same identity; undefined for a document without an id. */
export function identityOf(document: DataDocument): string | undefined {
  const id = entityIdOf(document);
  return id === undefined ? undefined : `${versionOf(document) ?? ""}\n${kindOf(document)}\n${id}`;
}

/**
 * @returns a text that is equal for documents whose content (all but the identity) is equal. The order of keys does not
 * matter; null counts as absent.
 * @throws KalError KAL_UPSTREAM_INVALID for a document that is nested too deeply.
 */
export function contentOf({ id, data }: DataDocument): string {
  refuseEndlessNesting(id);
  refuseEndlessNesting(data);
  return JSON.stringify([withoutIdentity(id), withoutIdentity(data)], (_, value: unknown) => {
    // 1e400 is parsed as Infinity, which JSON.stringify would turn into null.
    if (typeof value === "number" && !Number.isFinite(value)) return String(value);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== null)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}

/** @returns the documents without the superseded ones, in their original order. */
export function withoutSuperseded(documents: readonly DataDocument[]): readonly DataDocument[] {
  const newest = new Map<string, number | bigint>();
  const entities = documents.map((document) => {
    const version = versionOf(document);
    const id = entityIdOf(document);
    if (id === undefined || version === undefined || typeof version === "string") return undefined;
    const entity = `${kindOf(document)}\n${id}`;
    const known = newest.get(entity);
    if (known === undefined || version > known) newest.set(entity, version);
    return { entity, version };
  });
  return documents.filter((_, at) => {
    const known = entities[at];
    return known === undefined || known.version >= (newest.get(known.entity) ?? known.version);
  });
}

/**
 * When a document was last changed, in milliseconds since the epoch; NaN if unknown (compares false with everything).
 */
export function changedAt(document: DataDocument): number {
  const changed = attributeOf(document, "updatedOn");
  return typeof changed === "string" ? Date.parse(changed) : NaN;
}

/** Whether `document` is newer than `other`: a higher version, or an equal version and a later change. */
export function isNewer(document: DataDocument, other: DataDocument): boolean {
  const [version, before] = [versionOf(document), versionOf(other)];
  const comparable = isNumeric(version) && isNumeric(before);
  if (comparable && version !== before) return version > before;
  return changedAt(document) > changedAt(other);
}

/** A whole number, also if written as text; any other text unchanged; undefined if absent. */
function versionOf(document: DataDocument): number | bigint | string | undefined {
  const written = attributeOf(document, "entityVersion");
  if (typeof written === "number" || written === undefined) return written;
  refuseEndlessNesting(written);
  const text = typeof written === "string" ? written : JSON.stringify(written);
  if (!/^\d+$/.test(text)) return text;
  return text.length <= 15 ? Number(text) : BigInt(text);
}

function isNumeric(version: number | bigint | string | undefined): version is number | bigint {
  return typeof version === "number" || typeof version === "bigint";
}

/** Type and variant, ignoring letter case as the API's paths do. */
function kindOf(document: DataDocument): string {
  const [type, variant] = [attributeOf(document, "entityType"), attributeOf(document, "entityVariant")];
  return `${textOf(type)}\n${textOf(variant)}`;
}

function textOf(value: unknown): string {
  if (value === undefined) return "";
  refuseEndlessNesting(value);
  return typeof value === "string" ? value.toLowerCase() : JSON.stringify(value);
}

const identity: ReadonlySet<string> = new Set(identityAttributes.slice(0, 4));

function withoutIdentity(part: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).filter(([name]) => !identity.has(name)));
}
