/**
 * Fields as analysts request them: names and dotted paths, checked against the catalogue and the documents.
 * @module
 */
import { attributesOf, spellPath } from "../catalogue/attributes.ts";
import { identityAttributes } from "../catalogue/attributes/identity.ts";
import type { Collection } from "../catalogue/collections.ts";
import { isPersonal, refusePersonal } from "../catalogue/personal-data.ts";
import { KalError } from "../errors.ts";
import { quotesHint, readName } from "../names.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import type { DataDocument } from "./document.ts";

/** A path through a document and the documents it refers to: `["brand", "name"]`. `["*"]` means all fields. */
export type FieldPath = readonly string[];

export interface FieldOptions {
  /** Refuse personal data even when it is requested by name. */
  readonly hidePersonalData?: boolean;
}

/** More steps than any chain of references has; keeps a pasted text from becoming thousands of steps. */
const maxPathSteps = 6;
const everything = "*";

/**
 * Reads the fields of a request; without any, returns the collection's default columns. Known names get the catalogue's
 * spelling, whatever their letter case. `prices[0]` and `prices.0` select one item of a list.
 * @throws KalError KAL_FIELD_UNKNOWN if a text cannot be a field name, KAL_FORBIDDEN for hidden personal data.
 */
export function parseFields(
  fields: readonly string[] | undefined,
  collection: Collection,
  { hidePersonalData = false }: FieldOptions = {},
): FieldPath[] {
  const named = (fields ?? []).map((field) => field.trim()).filter((field) => field !== "");
  const paths = named.length > 0 ? named : collection.defaultColumns;
  return paths.map((field) => {
    if (field === everything) return [everything];
    const path = readName(field);
    if (!path || path.length > maxPathSteps) {
      throw new KalError("KAL_FIELD_UNKNOWN", {
        message: `“${shorten(field)}” cannot be the name of a field.`,
        hint:
          (path ? undefined : quotesHint(field)) ??
          "Separate fields by commas. Write a field of a linked record with a dot: brand.name.",
      });
    }
    const spelled = spellPath(collection.name, path);
    if (hidePersonalData) refusePersonal(collection.name, spelled);
    return spelled;
  });
}

/** Whether the fields include `*`, so that whole documents are needed. */
export function wantsAll(paths: readonly FieldPath[]): boolean {
  return paths.some(isEverything);
}

function isEverything(path: FieldPath): boolean {
  return path.length === 1 && path[0] === everything;
}

/**
 * Replaces `*` by all fields that any document has: those of the identity first, then the others by name. Fields that
 * are listed explicitly and personal data are left out. Without documents, `*` means the default columns.
 * @param keys those of all documents of the table, from `collectKeys`.
 */
export function expandFields(
  paths: readonly FieldPath[],
  collection: Collection,
  keys: ReadonlySet<string>,
): FieldPath[] {
  if (!wantsAll(paths)) return [...paths];
  // Compared as lists of steps: an attribute may be called `site.name`, or `*`.
  const written = new Set(paths.filter((path) => !isEverything(path)).map((path) => JSON.stringify(path)));
  const all = (keys.size > 0 ? inOrder(keys) : collection.defaultColumns)
    .map((name) => (keys.has(name) ? [name] : name.split(".")))
    .filter((path) => !written.has(JSON.stringify(path)) && !isPersonal(collection.name, path));
  const first = paths.findIndex(isEverything);
  return paths.flatMap((path, index) => (!isEverything(path) ? [path] : index === first ? all : []));
}

function inOrder(keys: ReadonlySet<string>): string[] {
  const identity = Object.keys(identityAttributes);
  const others = [...keys].filter((key) => !identity.includes(key)).sort();
  return [...identity.filter((name) => keys.has(name)), ...others];
}

/** The distinct first steps of the paths: the attributes to read from the documents themselves. */
export function firstSegments(paths: readonly FieldPath[]): string[] {
  return [...new Set(paths.map(([first = ""]) => first))];
}

/**
 * Refuses a field that neither the catalogue nor any document has: it is probably mistyped, and would show as an empty
 * column. Without documents nothing is refused, because documents omit keys without a value.
 * @throws KalError KAL_FIELD_UNKNOWN
 */
export function checkFields(
  paths: readonly FieldPath[],
  collection: Collection,
  keys: ReadonlySet<string>,
): void {
  if (keys.size === 0) return;
  const known = new Set([
    ...Object.keys(attributesOf(collection.name)),
    ...collection.defaultColumns.map((column) => column.split(".")[0] ?? ""),
  ]);
  for (const first of firstSegments(paths.filter((path) => !isEverything(path)))) {
    if (keys.has(first) || known.has(first)) continue;
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `There is no field “${shorten(first)}” in ${collection.name}.${didYouMean(first, [...keys, ...known])}`,
    });
  }
}

/** Adds a document's keys to the set. */
export function collectKeys(document: DataDocument, keys: Set<string>): void {
  for (const key in document.data) keys.add(key);
  for (const key in document.id) keys.add(key);
}
