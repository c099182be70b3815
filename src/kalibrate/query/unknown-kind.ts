/**
 * Variants and entity types that the catalogue does not know. They are sent unchanged, because every customer has
 * undocumented ones. Only if nothing comes back is the name reported as probably mistyped.
 * @module
 */
import { findKind } from "../catalogue/collections.ts";
import type { SliceAddress } from "../catalogue/slice-address.ts";
import { KalError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import type { Query } from "./clauses.ts";

/** The property that divides a collection's records: by entity type or by variant. */
export function kindPropertyOf({
  hasEntityTypes,
}: SliceAddress["collection"]): "entityType" | "entityVariant" {
  return hasEntityTypes ? "entityType" : "entityVariant";
}

/**
 * The error for a query that selected nothing and names an unknown variant or entity type: KAL_NO_ROWS, naming the
 * nearest known one.
 * @returns undefined if the name is known or the query has none: then there simply are no such records.
 */
export function unknownKind(address: SliceAddress, query: Query): KalError | undefined {
  const kind = unknownKindOf(address, query);
  if (kind === undefined) return undefined;
  const { name, hasEntityTypes, kinds } = address.collection;
  const [one, many] = hasEntityTypes ? ["type", "types"] : ["variant", "variants"];
  return new KalError("KAL_NO_ROWS", {
    message: `No record of ${name} has the ${one} “${shorten(kind)}”.${didYouMean(kind, kinds)}`,
    hint: `Known ${many}: ${kinds.join(", ")}.`,
  });
}

/** The error for a path that the API does not have: KAL_COLLECTION_UNKNOWN, naming the nearest known entity type. */
export function unknownPath(address: SliceAddress): KalError | undefined {
  const kind = unknownKindOf(address, []);
  if (kind === undefined) return undefined;
  const { name, kinds } = address.collection;
  return new KalError("KAL_COLLECTION_UNKNOWN", {
    message: `The Kalibrate Data API has no ${name}/${shorten(kind)}.${didYouMean(kind, kinds)}`,
    hint: `Known types: ${kinds.join(", ")}.`,
  });
}

function unknownKindOf({ collection, entityType }: SliceAddress, query: Query): string | undefined {
  const property = kindPropertyOf(collection);
  const clause = query.find((clause) => clause.property === property && clause.operator === "=");
  const asked = [entityType, clause?.value].filter((kind) => kind !== undefined);
  return asked.find((kind) => findKind(collection, kind) === undefined);
}
