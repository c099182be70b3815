/**
 * Fields as an analyst asks for them: names and dotted paths, checked against what there is.
 * @module
 */
import { findAttribute } from "../catalogue/attributes.ts";
import type { Collection } from "../catalogue/collections.ts";
import { KalError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import type { Document } from "./document.ts";

/** A path through a document and the documents it refers to: `["brand", "name"]`. */
export type FieldPath = readonly string[];

/** More steps than any chain of references in the documents; keeps a pasted text from becoming thousands. */
const longestPath = 6;
const fieldForm = /^[A-Za-z_]\w*(\.\w+)*$/;

/**
 * Reads the fields of a request; where there are none, the collection's default columns.
 * @throws KalError KAL_FIELD_UNKNOWN for what cannot be the name of a field.
 */
export function parseFields(fields: readonly string[] | undefined, collection: Collection): FieldPath[] {
  const named = (fields ?? []).map((field) => field.trim()).filter((field) => field !== "");
  const paths = named.length > 0 ? named : collection.defaultColumns;
  return paths.map((field) => {
    const path = field.split(".");
    if (!fieldForm.test(field) || path.length > longestPath) {
      throw new KalError("KAL_FIELD_UNKNOWN", {
        message: `“${shorten(field)}” cannot be the name of a field.`,
        hint: "Separate fields by commas; write a field of a referenced record with a dot: brand.name.",
      });
    }
    return path;
  });
}

/** The attributes of the documents themselves that the paths start from, each once. */
export function firstSegments(paths: readonly FieldPath[]): string[] {
  return [...new Set(paths.map(([first = ""]) => first))];
}

/**
 * A name that is neither in the catalogue nor in any document is a slip of the pen, not an empty column: keys
 * without a value are absent, so without documents nothing can be said.
 * @throws KalError KAL_FIELD_UNKNOWN
 */
export function checkFields(
  paths: readonly FieldPath[],
  collection: Collection,
  keys: ReadonlySet<string>,
): void {
  if (keys.size === 0) return;
  const defaults = new Set(collection.defaultColumns.map((column) => column.split(".")[0] ?? ""));
  for (const first of firstSegments(paths)) {
    if (keys.has(first) || defaults.has(first) || findAttribute(first)) continue;
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `There is no field “${first}” in ${collection.name}.${didYouMean(first, [...keys, ...defaults])}`,
    });
  }
}

/** Adds a document's keys to those seen. */
export function collectKeys(document: Document, keys: Set<string>): void {
  for (const key in document.data) keys.add(key);
  for (const key in document.id) keys.add(key);
}
