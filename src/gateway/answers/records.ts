/**
 * The records behind a figure: those of a group, those that a lookup finds, those that were in force.
 * @module
 */
import { parseSliceAddress, type SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { ClockTime } from "../../kalibrate/clock-time.ts";
import type { FieldOptions } from "../../kalibrate/documents/fields.ts";
import { refuseUnknownStep } from "../../kalibrate/documents/unknown-steps.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer, RecordsRequest } from "../../kalibrate/gateway-api.ts";
import { groupBy } from "../../kalibrate/group-by.ts";
import { writePath } from "../../kalibrate/names.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { bucketEnd, bucketStart, bucketValue } from "../../kalibrate/summary/buckets.ts";
import { createTuples } from "../../kalibrate/summary/combinations.ts";
import { groupValue } from "../../kalibrate/summary/groups.ts";
import { type Event, spansInForce, type Window } from "../../kalibrate/summary/in-force.ts";
import { createTimeline } from "../../kalibrate/summary/in-force-at.ts";
import type { SummaryPlan, SummaryRecord } from "../../kalibrate/summary/summary.ts";
import { type MeasureColumn, numberIn } from "../../kalibrate/summary/totals.ts";
import { createValueNumbers } from "../../kalibrate/summary/value-numbers.ts";
import { windowOf } from "../../kalibrate/summary/window.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerShare } from "../answer-memory.ts";
import { readValuesByType } from "../plan/typed-query.ts";
import { timeField } from "./as-of.ts";
import type { AnswerContext } from "./context.ts";
import { nameOfKeys } from "./lookup-index.ts";
import { readGroups, readMeasures } from "./read-summary.ts";
import { readTime } from "./read-time.ts";
import { seriesAttributes } from "./series-name.ts";
import { createSummaryRecords } from "./summary-records.ts";
import { makeTable, readTableRequest } from "./table.ts";

/**
 * @param share counts the memory of documents and rows; ending it is up to the caller.
 * @throws KalError as `makeTable`, and for an expression or a moment that cannot be read.
 */
export async function makeRecords(
  request: RecordsRequest,
  context: AnswerContext,
  share: AnswerShare,
): Promise<QueryAnswer> {
  const { where, moment, timeavg, ...asked } = request;
  const address = parseSliceAddress(request.collection);
  const { collection, entityType } = address;
  const table = readTableRequest({ ...asked, fields: request.fields ?? ["*"] }, context);
  const columns = readColumns(where, address, context);
  const measures = timeavg === undefined ? [] : readMeasures([`timeavg(${timeavg})`], address, context);
  const timeProperty = moment === undefined ? collection.timeProperty : timeField(request);
  const at = moment === undefined ? undefined : readTime("moment", moment);
  const now = readTime("now", request.now ?? new Date(context.now()).toISOString());
  const typed = await readValuesByType(address, [...table.query, ...sendable(columns)], context);
  const {
    window,
    lower,
    withoutLower: query,
  } = measures.length > 0
    ? windowOf(typed, timeProperty ?? "", now)
    : { window: undefined, lower: [], withoutLower: typed };

  return makeTable({ ...table, query }, context, share, {
    paths: [...columns, ...measures].flatMap(({ path }) => (path ? [path] : [])),
    attributes: [...seriesAttributes, ...(timeProperty === undefined ? [] : [timeProperty])],
    async choose(documents, getReferenced) {
      const from = entityType === undefined ? collection.name : `${collection.name}/${entityType}`;
      const plan = { from, groups: columns, measures, timeProperty };
      const hasSeries = at !== undefined || window !== undefined;
      const made = createSummaryRecords(plan, lower, getReferenced, hasSeries);
      const records = [...(await made.of(documents))];
      for (const path of made.emptyPaths()) refuseUnknownStep(documents, from, path, made.find);
      const chosen = new Set(at ? chosenAt(records, columns, at) : chosenInGroup(records, columns));
      for (const index of window ? chosenInForce(records, columns, window, measures[0]) : [])
        chosen.add(index);
      return documents.filter((_, index) => chosen.has(index));
    },
  });
}

type Column = SummaryPlan["groups"][number] & Pick<RecordsRequest["where"][number], "value">;

function readColumns(where: RecordsRequest["where"], address: SliceAddress, options: FieldOptions): Column[] {
  return where.map(({ field, value }) => {
    const [column, ...others] = readGroups([field], address, options);
    if (column && others.length === 0) return { ...column, value };
    throw new KalError("KAL_REQUEST_INVALID", {
      message: `“${shorten(field)}” is not one field.`,
      hint: "Give one field with each value: site.importCode, day(effectiveTime).",
    });
  });
}

/** What may be filtered by before the records are here, so that less is read. */
function sendable(columns: readonly Column[]): Query {
  return columns.flatMap(({ path, bucket, type, value }) =>
    bucket === undefined && type === "text" && typeof value === "string" && value.trim() !== ""
      ? [{ property: writePath(path), operator: "=" as const, value }]
      : [],
  );
}

/** Values are compared as in lookups: a date of a cell is a serial number there. */
function isOf({ value: wanted }: Column, value: TableValue): boolean {
  return nameOfKeys([value]) === nameOfKeys([wanted]);
}

function isInGroup({ groupValues }: SummaryRecord, columns: readonly Column[]): boolean {
  return columns.every((column, at) => isOf(column, groupValue(column, groupValues[at] ?? null)));
}

function chosenInGroup(records: readonly SummaryRecord[], columns: readonly Column[]): number[] {
  return [...records.keys()].filter((index) => {
    const record = records[index];
    return record?.isInWindow && isInGroup(record, columns);
  });
}

interface Timed extends Event {
  readonly record: SummaryRecord;
}

/** Records that say from when they hold, by their series. */
function seriesOf(records: readonly SummaryRecord[], measure?: MeasureColumn): Timed[][] {
  const events = records.flatMap((record, index): Timed[] => {
    const { time, changed, created, values } = record;
    const value = (measure && numberIn(measure, values[0] ?? null)) ?? NaN;
    return time ? [{ ...time, changed, created, index, record, value }] : [];
  });
  const names = createTuples(events[0]?.record.series.map(() => createValueNumbers("text")) ?? []);
  return [...groupBy(events, ({ record }) => names.numberOf(record.series)).values()];
}

function chosenAt(records: readonly SummaryRecord[], columns: readonly Column[], at: ClockTime): number[] {
  return seriesOf(records)
    .map((events) => events.filter(({ record }) => isInGroup(record, columns)))
    .flatMap((events) => createTimeline(events)(at))
    .map(({ index }) => index);
}

/** The records whose value was in force within the time spans of the columns. */
function chosenInForce(
  records: readonly SummaryRecord[],
  columns: readonly Column[],
  window: Window,
  measure: MeasureColumn | undefined,
): number[] {
  const ofTime = columns.filter((column) => column.isOfTime);
  const base = columns.map((column) => (column.isOfTime ? undefined : column));
  return seriesOf(records, measure).flatMap((events) => {
    const byIndex = new Map(events.map((event) => [event.index, event]));
    return spansInForce(events, window).flatMap(({ event, start, end }) => {
      const values = byIndex.get(event.index)?.record.groupValues ?? [];
      const isOfBase = base.every(
        (column, at) => !column || isOf(column, groupValue(column, values[at] ?? null)),
      );
      return isOfBase && touches(ofTime, start, end) ? [event.index] : [];
    });
  });
}

/** Whether a time span has a part within the spans of all columns. */
function touches(columns: readonly Column[], start: number, end: number): boolean {
  for (let from = start; from < end;) {
    const starts = columns.map(({ bucket }) => (bucket ? bucketStart(bucket, from) : from));
    const isHere = columns.every((column, at) => {
      const { bucket } = column;
      return bucket && isOf(column, bucketValue(bucket, starts[at] ?? from));
    });
    if (isHere) return true;
    const ends = columns.map(({ bucket }, at) => (bucket ? bucketEnd(bucket, starts[at] ?? from) : end));
    from = Math.min(end, ...ends);
  }
  return false;
}
