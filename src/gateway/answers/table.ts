/**
 * Creates the table of a query.
 * @module
 */
import { createPersonalFilter, refusePersonalFilters } from "../../kalibrate/catalogue/personal-data.ts";
import { isCatalogued } from "../../kalibrate/catalogue/attributes.ts";
import { parseSliceAddress, type SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { checkFields, expandFields, type FieldPath, parseFields } from "../../kalibrate/documents/fields.ts";
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { valueAt } from "../../kalibrate/documents/references.ts";
import { columnsFor, knownType, toTableValue } from "../../kalibrate/documents/table.ts";
import { refuseUnknownStep } from "../../kalibrate/documents/unknown-steps.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import { type Query, wantedCount } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { spellLikeCatalogue } from "../../kalibrate/query/properties.ts";
import { unknownKind } from "../../kalibrate/query/unknown-kind.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerShare } from "../answer-memory.ts";
import { createPauses } from "../pauses.ts";
import { type Plan, planQuery } from "../plan/plan.ts";
import type { GetReferenced } from "../plan/reference-filters.ts";
import { referenceMaxAge } from "../shared/referenced-documents.ts";
import type { Slice } from "../slices/slice.ts";
import { byCreation } from "../slices/creation-order.ts";
import type { AnswerContext } from "./context.ts";
import { resolveReferences } from "./resolve-references.ts";
import { createRowDocuments } from "./row-documents.ts";

/** A parsed request, so that later steps parse nothing. */
export interface TableRequest {
  readonly address: SliceAddress;
  /** As written, with names in the catalogue's spelling. */
  readonly query: Query;
  readonly paths: readonly FieldPath[];
  readonly limit: number | undefined;
  readonly maxChars: number | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
}

/** Chooses among the documents that the query selects. */
export interface Selection {
  /** Fields that it names, beside those of the table. */
  readonly paths: readonly FieldPath[];
  /** Attributes that it needs where documents have them. */
  readonly attributes: readonly string[];
  readonly choose: (
    documents: readonly DataDocument[],
    getReferenced: GetReferenced,
  ) => Promise<readonly DataDocument[]>;
}

/** @throws KalError for an invalid request, and for personal data if it is hidden. */
export function readTableRequest(
  { collection: name, query: text = "", fields, limit, maxChars, maxAge }: QueryRequest,
  { hidePersonalData }: Pick<AnswerContext, "hidePersonalData">,
): TableRequest {
  const address = parseSliceAddress(name);
  const { collection } = address;
  const query = spellLikeCatalogue(parseQuery(text), collection);
  if (hidePersonalData) refusePersonalFilters(query, collection);
  const paths = parseFields(fields, collection, { hidePersonalData });
  return { address, query, paths, limit, maxChars, maxAge };
}

/** Documents that a request need not pull by itself. */
export interface Pulled {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly open: (plan: Plan) => Slice;
  /** What the API was sent, and the filters that were applied here, as text. */
  readonly sent: readonly Query[];
  readonly filteredHere: string;
}

/** Gets referenced documents as old as a request may have them. @param maxAge of the request, in seconds. */
export function referencesFor(maxAge: number | undefined, context: AnswerContext): GetReferenced {
  const seconds = Math.min(maxAge ?? referenceMaxAge, referenceMaxAge);
  return (target, attributes) => context.references.get(target, attributes, seconds, context);
}

/**
 * Reads the slice that a request names and makes its table.
 * @param share counts the memory of documents and rows; ending it is up to the caller.
 * @param selection chooses before the request's limit counts; that of the query counts before.
 * @throws KalError for a value that its property cannot have, a field that does not exist, a result over `maxChars`
 * (JSON characters of the rows; thrown as soon as it is certain), and errors of the Data API.
 */
export async function makeTable(
  request: TableRequest,
  context: AnswerContext,
  share: AnswerShare,
  selection?: Selection,
  pulled?: Pulled,
): Promise<QueryAnswer> {
  const { address, paths, maxChars } = request;
  const { collection, entityType } = address;
  const started = context.now();
  const source = context.sourceFor(context.signal, share);
  const named = [...paths, ...(selection?.paths ?? [])];
  const rowDocuments = createRowDocuments([...named, ...(selection?.attributes ?? []).map((name) => [name])]);
  const getReferenced = referencesFor(request.maxAge, context);
  const maxDocuments = wantedCount(request.query, selection ? undefined : request.limit);
  const plan = await planQuery(address, request.query, maxDocuments, { ...context, getReferenced });
  const { query } = plan;
  const slice = plan.open(source, rowDocuments.keep, pulled?.open(plan));
  for await (const some of slice) {
    rowDocuments.look(some);
    if (!selection) refuseTooLarge(minChars(slice.count, paths), slice.count, maxChars, "at least ");
  }
  const inOrder = slice.isOrdered ? slice.documents : slice.documents.toSorted(byCreation);
  const chosen = await selection?.choose(inOrder, getReferenced);
  const documents = chosen?.slice(0, request.limit || Infinity) ?? inOrder;
  const { length: rowCount } = documents;
  const mistyped = rowCount === 0 ? unknownKind(address, query) : undefined;
  if (mistyped) throw mistyped;
  checkFields(named, collection, rowDocuments.keys);
  const columns = expandFields(paths, collection, rowDocuments.keys);

  if (columns.length > maxColumns) throw tooManyColumns(columns.length);
  refuseTooLarge(minChars(rowCount, columns), rowCount, maxChars, "at least ");
  share.add(rowCount * (rowBytes + columns.length * valueBytes));
  await share.admitted();

  const from = entityType === undefined ? collection.name : `${collection.name}/${entityType}`;
  const { find, asOf } = await resolveReferences(documents, from, columns, getReferenced);
  const types = columns.map((path) => knownType(from, path));
  const filters = columns.map((path) => createPersonalFilter(from, path));
  const rows: TableValue[][] = [];
  // Starts with the outer brackets; then adds what JSON.stringify would write for each row and its comma.
  let chars = 1;
  const pauses = createPauses(context.signal);
  for (const document of documents) {
    const pause = pauses();
    if (pause) await pause;
    const row = columns.map((path, at) => {
      const value = valueAt(document, from, path, find);
      return toTableValue(filters[at]?.(value), types[at]);
    });
    rows.push(row);
    if (maxChars !== undefined) chars += JSON.stringify(row).length + 1;
  }
  refuseTooLarge(chars, rows.length, maxChars, "");
  columns.forEach((path, at) => {
    const isEmpty = (row: readonly TableValue[]) => row[at] === null || row[at] === "";
    if (!isCatalogued(from, path) && rows.every(isEmpty)) refuseUnknownStep(documents, from, path, find);
  });
  const { sent: queries, filteredHere } = pulled ?? plan;
  const sent = queries.map(formatQuery).join(" and ");
  return {
    columns: columnsFor(columns, rows, from),
    rows,
    asOf: new Date(Math.min(pulled?.asOf ?? started, plan.asOf, asOf ?? started)).toISOString(),
    rowCount: rows.length,
    ...(slice.superseded > 0 && { superseded: slice.superseded }),
    ...(sent !== formatQuery(query) && { sent }),
    ...(filteredHere !== "" && { filteredHere }),
  };
}

/** An Excel sheet's limit; no sheet can hold a wider table. */
const maxColumns = 16_384;

/** Bytes of a table row and of one value in it, besides the values of its document. */
const rowBytes = 40;
const valueBytes = 8;

function tooManyColumns(count: number): KalError {
  return new KalError("KAL_TOO_LARGE", {
    message: `The result has ${count.toLocaleString("en-GB")} columns: more than a sheet has.`,
    hint: "Name the fields that you need.",
  });
}

/** The minimum: a row takes two brackets and a comma, a value one character and a comma. */
function minChars(rowCount: number, paths: readonly FieldPath[]): number {
  return rowCount * (2 + 2 * paths.length);
}

/**
 * @param chars of the rows as JSON
 * @param prefix of the number of rows: “at least ” while more may come
 * @throws KalError KAL_TOO_LARGE
 */
export function refuseTooLarge(
  chars: number,
  rowCount: number,
  maxChars: number | undefined,
  prefix: string,
): void {
  if (maxChars === undefined || chars <= maxChars) return;
  throw new KalError("KAL_TOO_LARGE", {
    message: `The result has ${prefix}${rowCount.toLocaleString("en-GB")} rows: too much for one formula.`,
  });
}
