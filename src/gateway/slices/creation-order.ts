/**
 * The order of documents where a query gives none.
 * @module
 */
import type { DataDocument } from "../../kalibrate/documents/document.ts";

/** Sorts the newest first. A server writes its times in one form, so their texts sort as the times do. */
export function byCreation(a: DataDocument, b: DataDocument): number {
  const [created, otherCreated] = [createdOn(a), createdOn(b)];
  return created === otherCreated ? 0 : created < otherCreated ? 1 : -1;
}

function createdOn({ data }: DataDocument): string {
  return typeof data["createdOn"] === "string" ? data["createdOn"] : "";
}
