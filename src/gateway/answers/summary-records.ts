/**
 * Converts documents to the records of a summary.
 * @module
 */
import { withoutPersonal } from "../../kalibrate/catalogue/personal-data.ts";
import { readClockTime } from "../../kalibrate/clock-time.ts";
import { attributeOf, type DataDocument, writtenReference } from "../../kalibrate/documents/document.ts";
import type { FieldPath } from "../../kalibrate/documents/fields.ts";
import { type FindReferenced, valueAt } from "../../kalibrate/documents/references.ts";
import { toTableValue } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { matcher } from "../../kalibrate/query/matches.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { readWritten } from "../../kalibrate/summary/newest.ts";
import type { SummaryRecord } from "../../kalibrate/summary/summary.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { ReadSummary } from "./read-summary.ts";
import { createReferenceResolver, type GetIndex } from "./resolve-references.ts";
import { namesSite, seriesName, siteOfProduct } from "./series-name.ts";

export interface SummaryRecords {
  /** Converts some documents, with the records that they refer to. @throws KalError KAL_FIELD_TYPE */
  readonly of: (documents: readonly DataDocument[]) => Promise<Iterable<SummaryRecord>>;
  /** The referenced documents loaded so far. */
  readonly find: FindReferenced;
  /** The paths that are not in the catalogue and had no value in any record. */
  readonly emptyPaths: () => readonly FieldPath[];
  /** Milliseconds since the epoch of the oldest referenced data; Infinity if none was needed. */
  readonly asOf: () => number;
}

/**
 * @param lower clauses that a record within the window passes
 * @param hasSeries whether the records' series are needed
 */
export function createSummaryRecords(
  {
    from,
    groups,
    measures,
    timeProperty,
  }: Pick<ReadSummary, "from" | "groups" | "measures" | "timeProperty">,
  lower: Query,
  getIndex: GetIndex,
  hasSeries = measures.some(({ measure }) => measure === "timeavg"),
): SummaryRecords {
  const columns = [...groups, ...measures];
  const paths = columns.flatMap(({ path }) => (path ? [path] : []));
  const references = createReferenceResolver(from, paths, getIndex);
  const sites = createReferenceResolver(from, [siteOfProduct], getIndex);
  const tests = lower.map(matcher);
  const filled = new Set<(typeof columns)[number]>();

  function valueOf(
    document: DataDocument,
    column: (typeof columns)[number],
    needsPlain: boolean,
  ): TableValue {
    const { name, path, type } = column;
    if (path === undefined) return null;
    const value = withoutPersonal(valueAt(document, from, path, references.find), from, path);
    if (value === undefined) return null;
    if (type === undefined) filled.add(column);
    if (needsPlain && isObject(value)) throw holdsObjects(name, path);
    return toTableValue(value, type);
  }

  function* recordsOf(documents: readonly DataDocument[]): Generator<SummaryRecord> {
    for (const document of documents) {
      const time = timeProperty === undefined ? undefined : attributeOf(document, timeProperty);
      yield {
        groupValues: groups.map((column) => valueOf(document, column, true)),
        values: measures.map((column) => valueOf(document, column, column.measure !== "count")),
        time: typeof time === "string" ? readClockTime(time) : undefined,
        ...readWritten(attributeOf(document, "updatedOn"), attributeOf(document, "createdOn")),
        series: hasSeries ? seriesName(document, from, sites.find) : "",
        isInWindow: tests.every((test) => test(document)),
      };
    }
  }

  return {
    async of(documents) {
      await references.resolve(documents);
      if (hasSeries) await sites.resolve(documents.filter((document) => !namesSite(document)));
      return recordsOf(documents);
    },
    find: references.find,
    emptyPaths: () =>
      columns.flatMap((column) => {
        const { path, type } = column;
        return path && type === undefined && !filled.has(column) ? [path] : [];
      }),
    asOf: () => Math.min(references.asOf ?? Infinity, sites.asOf ?? Infinity),
  };
}

/** Objects that are not references, alone or in a list. */
function isObject(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isObject);
  return typeof value === "object" && value !== null && writtenReference(value) === undefined;
}

function holdsObjects(name: string, path: FieldPath): KalError {
  return new KalError("KAL_FIELD_TYPE", {
    message: `${shorten(name)}: “${shorten(path.join("."))}” holds several values in each record.`,
    hint: `Name one of them with a dot: ${shorten(path.join("."))}.name. KAL.FIELDS lists the fields.`,
  });
}
