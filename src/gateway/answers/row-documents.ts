/**
 * Reduces documents to what the table's columns need, so that memory depends on the size of the table.
 * @module
 */
import { collectKeys, type FieldPath, firstSegments, wantsAll } from "../../kalibrate/documents/fields.ts";
import { attributeOf, type DataDocument } from "../../kalibrate/documents/document.ts";
import { identityAttributes } from "../../kalibrate/documents/identity.ts";
import { keepAttributes } from "../slices/keep-attributes.ts";

/**
 * Number of documents whose keys are collected for suggestions, while a requested field is missing; all documents if
 * the request is for all fields.
 */
const sample = 1000;

export interface RowDocuments {
  /** The requested fields that some document has; if one is missing, also the keys of the first documents. */
  readonly keys: ReadonlySet<string>;
  /** Records the keys of documents. */
  look(documents: readonly DataDocument[]): void;
  /** Reduces a document to what the table needs. */
  keep(document: DataDocument): DataDocument;
}

export function createRowDocuments(paths: readonly FieldPath[]): RowDocuments {
  const all = wantsAll(paths);
  const needed = firstSegments(paths);
  const kept = [...new Set([...identityAttributes, ...needed])];
  const keys = new Set<string>();
  const unmet = new Set(needed);
  let looked = 0;

  return {
    keys,
    look(documents) {
      for (const document of documents) {
        for (const name of unmet) {
          if (attributeOf(document, name) === undefined) continue;
          keys.add(name);
          unmet.delete(name);
        }
        if (all || (unmet.size > 0 && looked < sample)) collectKeys(document, keys);
        looked += 1;
      }
    },
    keep: (document) => keepAttributes(document, all ? keysOf(document) : kept),
  };
}

function keysOf({ id, data }: DataDocument): string[] {
  return [...Object.keys(id), ...Object.keys(data)];
}
