/**
 * Documents as a table keeps them: only what its columns need, so that memory follows the table.
 * @module
 */
import { collectKeys, type FieldPath, firstSegments, wantsAll } from "../../kalibrate/documents/fields.ts";
import { attributeOf, type Document } from "../../kalibrate/documents/document.ts";
import { identityAttributes } from "../../kalibrate/documents/identity.ts";
import { refuseEndlessNesting } from "../../kalibrate/documents/nesting.ts";

/** Documents that are looked through for names to suggest, unless all names are asked for. */
const sample = 1000;

export interface RowDocuments {
  /** Keys of the documents: those of the first ones, and whichever of the fields was met in any. */
  readonly keys: ReadonlySet<string>;
  /** Notes the keys of documents. */
  look(documents: readonly Document[]): void;
  /** What the table needs of a document. */
  keep(document: Document): Document;
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
        if (all || looked < sample) collectKeys(document, keys);
        looked += 1;
        for (const name of unmet) {
          if (attributeOf(document, name) === undefined) continue;
          keys.add(name);
          unmet.delete(name);
        }
      }
    },
    keep: (document) => keep(document, all ? keysOf(document) : kept),
  };
}

function keysOf({ id, data }: Document): string[] {
  return [...Object.keys(id), ...Object.keys(data)];
}

/**
 * The same document with only those attributes, wherever they stood.
 * @throws KalError KAL_UPSTREAM_INVALID for one that is nested without end.
 */
export function keep(document: Document, attributes: readonly string[]): Document {
  const data: Record<string, unknown> = {};
  for (const name of attributes) {
    const value = attributeOf(document, name);
    if (value === undefined) continue;
    refuseEndlessNesting(value);
    // An assignment to this name would set the prototype instead.
    if (name === "__proto__") Object.defineProperty(data, name, { value, enumerable: true });
    else data[name] = value;
  }
  return { id: nothing, data };
}

const nothing = Object.freeze({});

/** Newest first. One server writes its times in one form, so their texts stand in the order of their times. */
export function byCreation(one: Document, other: Document): number {
  const [time, otherTime] = [createdOn(one), createdOn(other)];
  return time === otherTime ? 0 : time < otherTime ? 1 : -1;
}

function createdOn({ data }: Document): string {
  return typeof data["createdOn"] === "string" ? data["createdOn"] : "";
}
