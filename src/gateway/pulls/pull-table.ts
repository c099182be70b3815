/**
 * One query, from the request to the table.
 * @module
 */
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type Document, slimDocument } from "../../kalibrate/documents/document.ts";
import {
  checkFields,
  collectKeys,
  type FieldPath,
  firstSegments,
  parseFields,
} from "../../kalibrate/documents/fields.ts";
import { valueAt } from "../../kalibrate/documents/references.ts";
import { columnsFor, toTableValue } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import { wantedCount } from "../../kalibrate/query/clauses.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { join } from "./join.ts";
import { pages } from "./paging.ts";
import type { FetchPath, ReferencedDocuments } from "./referenced-documents.ts";

/** Seconds for which sites, products and brands looked up for their names may be served from memory. */
const referenceMaxAge = 600;

export interface PullContext {
  /** Whose data it is; see ReferencedDocuments. */
  readonly owner: string;
  readonly fetch: FetchPath;
  /** The same for what many callers share: it goes on when one of them leaves. */
  readonly fetchShared: FetchPath;
  readonly references: ReferencedDocuments;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Pulls the slice that a request names and makes its table.
 * @throws KalError for a request that cannot be read, a field that does not exist, a result over `maxChars`
 * (JSON characters of the rows), and whatever the upstream did.
 */
export async function pullTable(request: QueryRequest, context: PullContext): Promise<QueryAnswer> {
  const { collection, entityType, path } = parseSliceAddress(request.collection);
  const query = parseQuery(request.query ?? "");
  const paths = parseFields(request.fields, collection);
  const started = context.now();

  const keys = new Set<string>();
  const documents: Document[] = [];
  const needed = firstSegments(paths);
  const wanted = wantedCount(query, request.limit);
  for await (const page of pages((encoded) => context.fetch(path, encoded), query, wanted)) {
    for (const document of page) {
      collectKeys(document, keys);
      documents.push(slimDocument(document, [...needed, "entityVariant"]));
    }
    refuseTooLarge(leastChars(documents.length, paths), documents.length, request.maxChars, "at least ");
  }
  checkFields(paths, collection, keys);

  const maxAge = Math.min(request.maxAge ?? referenceMaxAge, referenceMaxAge);
  const from = entityType === undefined ? collection.name : `${collection.name}/${entityType}`;
  const { find, asOf } = await join(documents, from, paths, (target) =>
    context.references.get(context.owner, target, maxAge, context.fetchShared),
  );
  const rows = documents.map((document) =>
    paths.map((one) => toTableValue(valueAt(document, from, one, find))),
  );
  if (request.maxChars !== undefined) {
    refuseTooLarge(JSON.stringify(rows).length, rows.length, request.maxChars, "");
  }
  return answer(paths, rows, Math.min(started, asOf ?? started));
}

function answer(paths: readonly FieldPath[], rows: TableValue[][], asOf: number): QueryAnswer {
  return {
    columns: columnsFor(paths, rows),
    rows,
    asOf: new Date(asOf).toISOString(),
    rowCount: rows.length,
  };
}

/** A row takes at least two brackets and a comma, a value at least its comma and one more character. */
function leastChars(rowCount: number, paths: readonly FieldPath[]): number {
  return rowCount * (2 + 2 * paths.length);
}

function refuseTooLarge(chars: number, rowCount: number, maxChars: number | undefined, prefix: string): void {
  if (maxChars === undefined || chars <= maxChars) return;
  throw new KalError("KAL_TOO_LARGE", {
    message: `The result has ${prefix}${rowCount.toLocaleString("en-GB")} rows: too much for one formula.`,
  });
}
