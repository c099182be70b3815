/**
 * The order of documents if a query has none.
 * @module
 */
import type { DataDocument } from "../../kalibrate/documents/document.ts";

/** Sorts newest first. A server writes its times in one form, so their texts sort like the times. */
export function byCreation(a: DataDocument, b: DataDocument): number {
  const [created, otherCreated] = [createdOn(a), createdOn(b)];
  return created === otherCreated ? 0 : created < otherCreated ? 1 : -1;
}

function createdOn({ data }: DataDocument): string {
  return typeof data["createdOn"] === "string" ? data["createdOn"] : "";
}
