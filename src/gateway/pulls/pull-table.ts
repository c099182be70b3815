/**
 * One query, from the request to the table.
 * @module
 */
import { refusePersonalFilters, withoutPersonal } from "../../kalibrate/catalogue/personal-data.ts";
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { checkFields, expandFields, type FieldPath, parseFields } from "../../kalibrate/documents/fields.ts";
import { valueAt } from "../../kalibrate/documents/references.ts";
import { columnsFor, knownType, toTableValue } from "../../kalibrate/documents/table.ts";
import { refuseUnknownStep } from "../../kalibrate/documents/unknown-steps.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import { wantedCount } from "../../kalibrate/query/clauses.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { spellLikeCatalogue } from "../../kalibrate/query/properties.ts";
import { unknownKind } from "../../kalibrate/query/unknown-kind.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerMemory, AnswerShare } from "../answer-memory.ts";
import { createPauses } from "../pauses.ts";
import { counted } from "./counted.ts";
import type { Collector } from "./documents-met.ts";
import { join } from "./join.ts";
import { pullSlice, type Source } from "./pull-slice.ts";
import type { ReferencedDocuments } from "./referenced-documents.ts";
import { byCreation, createRowDocuments } from "./row-documents.ts";
import { readValuesByType } from "./typed-query.ts";
import { createUnprovenProperties } from "./unproven-properties.ts";

/** Seconds for which sites, products and brands looked up for their names may be served from memory. */
const referenceMaxAge = 600;

export interface PullContext {
  /** Whose data it is; see ReferencedDocuments. */
  readonly owner: string;
  /** Aborts when nobody waits for the answer any more: the caller has gone, or the call's time is up. */
  readonly signal: AbortSignal;
  readonly memory: AnswerMemory;
  /**
   * The Data API with these credentials. Its requests end when the signal aborts; those for an answer that may be large
   * wait where the share gets no room.
   */
  readonly sourceFor: (signal: AbortSignal, share?: AnswerShare) => Source;
  readonly references: ReferencedDocuments;
  readonly hidePersonalData: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Pulls the slice that a request names and makes its table. Documents become rows as they come.
 * @param share counts the memory of documents and rows; ending it is up to the caller.
 * @throws KalError for a request that cannot be read, a field that does not exist, a result over `maxChars`
 * (JSON characters of the rows; noticed as soon as it is certain), and whatever the upstream did.
 */
export async function pullTable(
  request: QueryRequest,
  context: PullContext,
  share: AnswerShare,
): Promise<QueryAnswer> {
  const address = parseSliceAddress(request.collection);
  const { collection, entityType } = address;
  const written = spellLikeCatalogue(parseQuery(request.query ?? ""), collection);
  if (context.hidePersonalData) refusePersonalFilters(written, collection);
  const paths = parseFields(request.fields, collection, context);
  const started = context.now();
  const source = context.sourceFor(context.signal, share);
  const query = await readValuesByType(address, written, context);

  const rowDocuments = createRowDocuments(paths);
  const properties = createUnprovenProperties(address, query, source);
  const wanted = wantedCount(query, request.limit);
  const collector: Collector = {
    keep: rowDocuments.keep,
    look(some, count) {
      properties.look(some);
      rowDocuments.look(some);
      refuseTooLarge(minChars(count, paths), count, request.maxChars, "at least ");
    },
  };
  const slice = await pullSlice(address, query, wanted, source, counted(collector, share));
  await properties.refuse();
  const mistyped = slice.documents.length === 0 ? unknownKind(address, query) : undefined;
  if (mistyped) throw mistyped;
  checkFields(paths, collection, rowDocuments.keys);
  const columns = expandFields(paths, collection, rowDocuments.keys);

  const { length: rowCount } = slice.documents;
  if (columns.length > maxColumns) throw tooManyColumns(columns.length);
  refuseTooLarge(minChars(rowCount, columns), rowCount, request.maxChars, "at least ");
  share.add(rowCount * (rowBytes + columns.length * valueBytes));
  await share.admitted();

  const documents = slice.ordered ? slice.documents : slice.documents.toSorted(byCreation);
  const maxAge = Math.min(request.maxAge ?? referenceMaxAge, referenceMaxAge);
  const from = entityType === undefined ? collection.name : `${collection.name}/${entityType}`;
  const { find, asOf } = await join(documents, from, columns, (target, attributes) =>
    context.references.get(target, attributes, maxAge, context),
  );
  const types = columns.map((path) => knownType(from, path));
  const rows: TableValue[][] = [];
  // The brackets around all, and from here on exactly what JSON.stringify would make of each row and its comma.
  let chars = 1;
  const pauses = createPauses(context.signal);
  for (const document of documents) {
    const pause = pauses();
    if (pause) await pause;
    const row = columns.map((path, at) =>
      toTableValue(withoutPersonal(valueAt(document, from, path, find), from, path), types[at]),
    );
    rows.push(row);
    if (request.maxChars !== undefined) chars += JSON.stringify(row).length + 1;
  }
  refuseTooLarge(chars, rows.length, request.maxChars, "");
  columns.forEach((path, at) => {
    const isEmpty = (row: readonly TableValue[]) => row[at] === null || row[at] === "";
    if (types[at] === undefined && rows.every(isEmpty)) refuseUnknownStep(documents, from, path, find);
  });
  return {
    columns: columnsFor(columns, rows, from),
    rows,
    asOf: new Date(Math.min(started, asOf ?? started)).toISOString(),
    rowCount: rows.length,
    ...(slice.superseded > 0 && { superseded: slice.superseded }),
  };
}

/** Of an Excel sheet; a wider table fits nowhere. */
const maxColumns = 16_384;

/** Bytes of a row of a table and of a place in it, beside the values that its document holds. */
const rowBytes = 40;
const valueBytes = 8;

function tooManyColumns(count: number): KalError {
  return new KalError("KAL_TOO_LARGE", {
    message: `The result has ${count.toLocaleString("en-GB")} columns: more than a sheet has.`,
    hint: "Name the fields that you need.",
  });
}

/** A row takes at least two brackets and a comma, a value at least its comma and one more character. */
function minChars(rowCount: number, paths: readonly FieldPath[]): number {
  return rowCount * (2 + 2 * paths.length);
}

function refuseTooLarge(chars: number, rowCount: number, maxChars: number | undefined, prefix: string): void {
  if (maxChars === undefined || chars <= maxChars) return;
  throw new KalError("KAL_TOO_LARGE", {
    message: `The result has ${prefix}${rowCount.toLocaleString("en-GB")} rows: too much for one formula.`,
  });
}
