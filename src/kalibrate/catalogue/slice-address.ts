/**
 * What an analyst writes as “collection”: `price`, `reference/Brand`, `production:price`.
 * @module
 */
import { KalError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { type Collection, collections, findCollection } from "./collections.ts";

export interface SliceAddress {
  /** The name before the colon; undefined means the workbook's own connection. */
  readonly connection: string | undefined;
  readonly collection: Collection;
  /** `Brand` in `reference/Brand`. */
  readonly entityType: string | undefined;
  /** The path behind the base URL, in lower case as the vendor's documentation has it: `/reference/brand`. */
  readonly path: string;
}

/** An entity type stands in a path: letters, digits and underscore are all that was ever seen there. */
const entityTypeForm = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * Reads `[connection:]collection[/EntityType]`.
 * @throws KalError KAL_COLLECTION_UNKNOWN
 */
export function parseSliceAddress(text: string): SliceAddress {
  const colon = text.indexOf(":");
  const connection = colon < 0 ? undefined : text.slice(0, colon).trim();
  const [name = "", entityType, ...rest] = text
    .slice(colon + 1)
    .split("/")
    .map((part) => part.trim());
  const collection = findCollection(name);
  if (!collection) throw unknownCollection(name);
  if (entityType === undefined) {
    return { connection, collection, entityType, path: `/${collection.name}` };
  }
  if (!collection.hasEntityTypes || rest.length > 0 || !entityTypeForm.test(entityType)) {
    throw new KalError("KAL_COLLECTION_UNKNOWN", {
      message: `“${shorten(text)}” is no collection.`,
      hint: "Only reference, pricerequest and surveyhistory take one type behind a slash: reference/Brand.",
    });
  }
  return { connection, collection, entityType, path: `/${collection.name}/${entityType.toLowerCase()}` };
}

function unknownCollection(name: string): KalError {
  const names = collections.map((collection) => collection.name);
  if (name === "") return new KalError("KAL_COLLECTION_UNKNOWN", { message: "The collection is missing." });
  return new KalError("KAL_COLLECTION_UNKNOWN", {
    message: `There is no collection “${shorten(name)}”.${didYouMean(name, names)}`,
  });
}

/** Pasted text may be a megabyte; a message is not. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
