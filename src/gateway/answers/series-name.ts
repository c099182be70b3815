/**
 * The series of a record: records with the same variant, site and product.
 * @module
 */
import { attributeOf, type DataDocument, referencedId } from "../../kalibrate/documents/document.ts";
import { type FindReferenced, valueAt } from "../../kalibrate/documents/references.ts";
import { toTableValue } from "../../kalibrate/documents/table.ts";
import type { TableValue } from "../../kalibrate/table.ts";

/** The attributes that identify a record's series. */
export const seriesAttributes = ["entityVariant", "site", "product"] as const;

/** The site of a record without one: its product's site. */
export const siteOfProduct = ["product", "site"] as const;

export function namesSite(document: DataDocument): boolean {
  return attributeOf(document, "site") !== undefined;
}

/** Equal for records of one series. @param find for records without a site of their own. */
export function seriesOf(document: DataDocument, collection: string, find: FindReferenced): TableValue[] {
  const site = attributeOf(document, "site") ?? valueAt(document, collection, siteOfProduct, find);
  const variant = toTableValue(attributeOf(document, "entityVariant"));
  return [
    typeof variant === "string" ? variant.toLowerCase() : variant,
    idOf(site),
    idOf(attributeOf(document, "product")),
  ];
}

function idOf(value: unknown): TableValue {
  return referencedId(value) ?? toTableValue(value);
}
