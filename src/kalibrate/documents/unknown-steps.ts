/**
 * Checks the last step of dotted fields: a mistyped one would show as an empty column, and as a key it would make every
 * lookup miss.
 * @module
 */
import { attributeAt, attributesOf } from "../catalogue/attributes.ts";
import { KalError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import type { DataDocument } from "./document.ts";
import type { FieldPath } from "./fields.ts";
import { type FindReferenced, valueAt } from "./references.ts";

/**
 * Call this for a path that the catalogue does not know and that has no value in any document. A step is unknown if a
 * document holds its parent. If a referenced record was not found, nothing is refused.
 * @throws KalError KAL_FIELD_UNKNOWN
 */
export function refuseUnknownStep(
  documents: readonly DataDocument[],
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): void {
  for (let steps = 2; steps <= path.length; steps += 1) {
    const part = path.slice(0, steps);
    if (attributeAt(collection, part) === undefined) refuseUnknownEnd(documents, collection, part, find);
  }
}

function refuseUnknownEnd(
  documents: readonly DataDocument[],
  collection: string,
  path: FieldPath,
  find: FindReferenced,
): void {
  const last = path.at(-1) ?? "";
  if (/^\d+$/.test(last)) return;
  for (const document of documents) {
    // Present but shown as nothing, because it is personal data or an empty list.
    const value = valueAt(document, collection, path, find);
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) return;
    const holder = valueAt(document, collection, path.slice(0, -1), find);
    if (holder === undefined || (Array.isArray(holder) && holder.length === 0)) continue;
    let names: readonly string[] | undefined = [];
    valueAt(document, collection, path, (target, entityId) => {
      const found = find(target, entityId);
      names = found && Object.keys(attributesOf(target.collection));
      return found;
    });
    if (names === undefined) continue;
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `There is no field “${shorten(last)}” in “${shorten(path.slice(0, -1).join("."))}”.${didYouMean(last, names)}`,
    });
  }
}
