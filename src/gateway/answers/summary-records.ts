/**
 * Converts documents to the records of a summary.
 * @module
 */
import { isCatalogued } from "../../kalibrate/catalogue/attributes.ts";
import { createPersonalFilter } from "../../kalibrate/catalogue/personal-data.ts";
import { type ClockTime, readClockTime } from "../../kalibrate/clock-time.ts";
import { attributeOf, type DataDocument, writtenReference } from "../../kalibrate/documents/document.ts";
import type { FieldPath } from "../../kalibrate/documents/fields.ts";
import { type FindReferenced, valueAt } from "../../kalibrate/documents/references.ts";
import { toTableValue } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { matcher } from "../../kalibrate/query/matches.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { readWritten, type Written } from "../../kalibrate/summary/newest.ts";
import type { SummaryRecord } from "../../kalibrate/summary/summary.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { ReadSummary } from "./read-summary.ts";
import { createReferenceResolver, type GetIndex } from "./resolve-references.ts";
import { namesSite, seriesOf, siteOfProduct } from "./series-name.ts";

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
  const paths = [...groups, ...measures].flatMap(({ path }) => (path ? [path] : []));
  const references = createReferenceResolver(from, paths, getIndex);
  const sites = createReferenceResolver(from, [siteOfProduct], getIndex);
  const tests = lower.map(matcher);
  const groupReaders = groups.map((column) => createReader(column, true));
  const measureReaders = measures.map((column) => createReader(column, column.measure !== "count"));
  const hasEnds = measures.some(({ measure }) => measure === "first" || measure === "last");
  const needsTime = hasSeries || hasEnds || groups.some(({ isOfTime }) => isOfTime);

  /** @param needsPlain whether objects are refused */
  function createReader({ name, path, type }: SummaryColumn, needsPlain: boolean): Reader {
    if (path === undefined) return { read: () => null, isEmpty: () => false, path: [] };
    const withoutPersonal = createPersonalFilter(from, path);
    let isEmpty = !isCatalogued(from, path);
    return {
      path,
      isEmpty: () => isEmpty,
      read(document) {
        const value = withoutPersonal(valueAt(document, from, path, references.find));
        if (value === undefined) return null;
        isEmpty = false;
        if (needsPlain && isObject(value)) throw holdsObjects(name, path);
        return toTableValue(value, type);
      },
    };
  }

  function timeOf(document: DataDocument): ClockTime | undefined {
    const time = timeProperty === undefined ? undefined : attributeOf(document, timeProperty);
    return typeof time === "string" ? readClockTime(time) : undefined;
  }

  function writtenOf(document: DataDocument): Written {
    return readWritten(attributeOf(document, "updatedOn"), attributeOf(document, "createdOn"));
  }

  function* recordsOf(documents: readonly DataDocument[]): Generator<SummaryRecord> {
    for (const document of documents) {
      const { changed, created } = hasSeries || hasEnds ? writtenOf(document) : unknown;
      yield {
        groupValues: groupReaders.map(({ read }) => read(document)),
        values: measureReaders.map(({ read }) => read(document)),
        time: needsTime ? timeOf(document) : undefined,
        changed,
        created,
        series: hasSeries ? seriesOf(document, from, sites.find) : noSeries,
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
      [...groupReaders, ...measureReaders].filter(({ isEmpty }) => isEmpty()).map(({ path }) => path),
    asOf: () => Math.min(references.asOf ?? Infinity, sites.asOf ?? Infinity),
  };
}

type SummaryColumn = ReadSummary["groups"][number] | ReadSummary["measures"][number];

/** Reads one column's values. */
interface Reader {
  readonly path: FieldPath;
  readonly read: (document: DataDocument) => TableValue;
  /** Whether the catalogue does not know the field and no record had a value. */
  readonly isEmpty: () => boolean;
}

const noSeries: readonly TableValue[] = [];
const unknown: Written = { changed: NaN, created: NaN };

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
