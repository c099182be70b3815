/**
 * The address of a slice: `price`, `reference/Brand`.
 * @module
 */
import { KalError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { severalArguments } from "../several-arguments.ts";
import { shorten } from "../shorten.ts";
import { type Collection, collections, findCollection } from "./collections.ts";

export interface SliceAddress {
  readonly collection: Collection;
  /** `Brand` in `reference/Brand`. */
  readonly entityType: string | undefined;
  /** The path after the base URL, in lower case as in the vendor's documentation: `/reference/brand`. */
  readonly path: string;
}

/** Entity types are part of a URL path. All known ones consist of letters, digits and underscores. */
const entityTypeForm = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * Reads `collection[/EntityType]`. Call `splitConnection` first: a connection and its colon are refused here.
 * @throws KalError KAL_COLLECTION_UNKNOWN
 */
export function parseSliceAddress(text: string): SliceAddress {
  const [name = "", entityType, ...rest] = text.split("/").map((part) => part.trim());
  const collection = findCollection(name);
  if (!collection) throw unknownCollection(name);
  if (entityType === undefined) {
    return { collection, entityType, path: `/${collection.name}` };
  }
  if (!collection.hasEntityTypes || rest.length > 0 || !entityTypeForm.test(entityType)) {
    throw new KalError("KAL_COLLECTION_UNKNOWN", {
      message: `“${shorten(text)}” is not a collection.`,
      hint: "Only reference, pricerequest and surveyhistory take a type after a slash: reference/Brand.",
    });
  }
  return { collection, entityType, path: `/${collection.name}/${entityType.toLowerCase()}` };
}

function unknownCollection(name: string): KalError {
  const names = collections.map((collection) => collection.name);
  if (name === "") return new KalError("KAL_COLLECTION_UNKNOWN", { message: "The collection is missing." });
  return new KalError("KAL_COLLECTION_UNKNOWN", {
    message: `There is no collection “${shorten(name)}”.${didYouMean(name, names)}`,
    hint: severalArguments(name),
  });
}
