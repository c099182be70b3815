/**
 * Documents as a table keeps them: only what its columns need, so that memory follows the table.
 * @module
 */
import { collectKeys, type FieldPath, firstSegments, wantsAll } from "../../kalibrate/documents/fields.ts";
import { attributeOf, type Document } from "../../kalibrate/documents/document.ts";
import { newestVersions } from "../../kalibrate/documents/versions.ts";

/** What tells versions of one entity apart, puts them in order, and leads along references. */
const identity = [
  "entityId",
  "entityVersion",
  "entityType",
  "entityVariant",
  "createdOn",
  "updatedOn",
] as const;

/** Documents that are looked through for names to suggest, unless all names are asked for. */
const sample = 1000;

export interface RowDocuments {
  readonly count: number;
  /** Keys of the documents: those of the first ones, and whichever of the fields was met in any. */
  readonly keys: ReadonlySet<string>;
  add(documents: readonly Document[]): void;
  /** @returns the newest version of each, the newest entity first unless they are in order as they came. */
  inOrder(ordered: boolean): Document[];
}

export function createRowDocuments(paths: readonly FieldPath[]): RowDocuments {
  const all = wantsAll(paths);
  const needed = firstSegments(paths);
  const kept = [...new Set([...identity, ...needed])];
  const keys = new Set<string>();
  const unmet = new Set(needed);
  const documents: Document[] = [];

  return {
    get count() {
      return documents.length;
    },
    keys,
    add(more) {
      for (const document of more) {
        if (all || documents.length < sample) collectKeys(document, keys);
        for (const name of unmet) {
          if (attributeOf(document, name) === undefined) continue;
          keys.add(name);
          unmet.delete(name);
        }
        documents.push(keep(document, all ? keysOf(document) : kept));
      }
    },
    inOrder(ordered) {
      const newest = newestVersions(documents, (document) => document);
      return ordered ? newest : newest.sort(newestFirst);
    },
  };
}

function keysOf({ id, data }: Document): string[] {
  return [...Object.keys(id), ...Object.keys(data)];
}

/** The same document with only those attributes, wherever they stood. */
export function keep(document: Document, attributes: readonly string[]): Document {
  const data: Record<string, unknown> = {};
  for (const name of attributes) {
    const value = attributeOf(document, name);
    if (value !== undefined) data[name] = value;
  }
  return { id: nothing, data };
}

const nothing = Object.freeze({});

/** One server writes its times in one form, so their texts stand in the order of their times. */
function newestFirst(one: Document, other: Document): number {
  const [time, otherTime] = [createdOn(one), createdOn(other)];
  return time === otherTime ? 0 : time < otherTime ? 1 : -1;
}

function createdOn({ data }: Document): string {
  return typeof data["createdOn"] === "string" ? data["createdOn"] : "";
}
