/**
 * The order of documents if a query has none.
 * @module
 */
import { type DataDocument, entityIdOf } from "../../kalibrate/documents/document.ts";

/**
 * Sorts newest first, and by id if two were created at the same time, so that equal queries give equal tables. A server
 * writes its times in one form, so their texts sort like the times.
 */
export function byCreation(a: DataDocument, b: DataDocument): number {
  const [created, otherCreated] = [createdOn(a), createdOn(b)];
  if (created !== otherCreated) return created < otherCreated ? 1 : -1;
  const [id = "", otherId = ""] = [entityIdOf(a), entityIdOf(b)];
  return id === otherId ? 0 : id < otherId ? -1 : 1;
}

function createdOn({ data }: DataDocument): string {
  return typeof data["createdOn"] === "string" ? data["createdOn"] : "";
}
