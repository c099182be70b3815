/**
 * Referenced documents found by a value, so that thousands of filters do not look at all of them each.
 * @module
 */
import { attributeOf, type DataDocument, memberOf } from "../../kalibrate/documents/document.ts";
import type { Path } from "../../kalibrate/names.ts";
import { type Clause, isList } from "../../kalibrate/query/clauses.ts";
import { equalityKeys } from "../../kalibrate/query/matches.ts";
import { valuesOf } from "../../kalibrate/query/value-list.ts";

/** Ids by the values at a path, for each collection and path that an equality has asked for. */
const byValue = new WeakMap<ReadonlyMap<string, DataDocument>, Map<string, Map<string, string[]>>>();

/** The entities that pass an equality, without looking at all of them; undefined for any other filter. */
export function findEqual(
  documents: ReadonlyMap<string, DataDocument>,
  path: Path,
  clause: Clause,
  passes: (value: unknown) => boolean,
): ReadonlySet<string> | undefined {
  if (!isList(clause.operator) && clause.operator !== "=" && clause.operator !== "!=") return undefined;
  const indexes = byValue.get(documents) ?? new Map<string, Map<string, string[]>>();
  byValue.set(documents, indexes);
  const name = JSON.stringify(path);
  const index = indexes.get(name) ?? indexValues(documents, path);
  indexes.set(name, index);
  const candidates = valuesOf(clause).flatMap((value) =>
    equalityKeys(value).flatMap((key) => index.get(key) ?? []),
  );
  return new Set(candidates.filter((id) => passes(valueIn(documents.get(id), path))));
}

function indexValues(documents: ReadonlyMap<string, DataDocument>, path: Path): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [id, document] of documents) {
    for (const key of equalityKeys(valueIn(document, path))) {
      const ids = index.get(key);
      if (ids) ids.push(id);
      else index.set(key, [id]);
    }
  }
  return index;
}

/** The value at a path of a document. */
export function valueIn(document: DataDocument | undefined, [first = "", ...rest]: Path): unknown {
  return document && rest.reduce<unknown>(memberOf, attributeOf(document, first));
}
