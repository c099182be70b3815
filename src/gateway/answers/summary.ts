/**
 * Computes one summary, from the request to the table: groups and figures instead of rows.
 *
 * Documents are processed as they arrive, so that memory depends on the number of groups. Only the end of a slice
 * shows that each document counts: if some were superseded, the slice is read again completely before it is processed.
 * @module
 */
import type { DataDocument } from "../../kalibrate/documents/document.ts";
import { checkFields, type FieldPath } from "../../kalibrate/documents/fields.ts";
import { identityAttributes } from "../../kalibrate/documents/identity.ts";
import { refuseUnknownStep } from "../../kalibrate/documents/unknown-steps.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { unknownKind } from "../../kalibrate/query/unknown-kind.ts";
import { summaryColumns } from "../../kalibrate/summary/columns.ts";
import type { Window } from "../../kalibrate/summary/in-force.ts";
import { createSummary } from "../../kalibrate/summary/summary.ts";
import { windowOf } from "../../kalibrate/summary/window.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerShare } from "../answer-memory.ts";
import { createPauses } from "../pauses.ts";
import { planQuery } from "../plan/plan.ts";
import { readValuesByType } from "../plan/typed-query.ts";
import { keepAttributes } from "../slices/keep-attributes.ts";
import type { AnswerContext } from "./context.ts";
import type { ReadSummary } from "./read-summary.ts";
import { createRowDocuments } from "./row-documents.ts";
import { seriesAttributes } from "./series-name.ts";
import { createSummaryRecords } from "./summary-records.ts";
import { referencesFor, refuseTooLarge } from "./table.ts";

/** Approximate bytes of a group with the data of its measures. */
const groupBytes = 200;
const figureBytes = 60;

/** Documents that are kept to distinguish a mistyped field from one that is always empty. */
const maxSample = 200;

/**
 * @param share counts the memory of groups; the caller ends it.
 * @throws KalError as `makeTable`, and KAL_FIELD_TYPE for a field that does not suit its measure or group.
 */
export async function makeSummary(
  request: ReadSummary,
  context: AnswerContext,
  share: AnswerShare,
): Promise<QueryAnswer> {
  const { address, from, groups, measures, maxChars, timeProperty } = request;
  const { collection } = address;
  const started = context.now();
  const source = context.sourceFor(context.signal, share);
  const pauses = createPauses(context.signal);
  const query = await readValuesByType(address, request.query, context);
  const isWeighed = measures.some(({ measure }) => measure === "timeavg");
  const { window, lower, withoutLower } = isWeighed
    ? windowOf(query, timeProperty ?? "", request.now)
    : { window: noWindow(request), lower: [], withoutLower: query };
  const paths = [...groups, ...measures].flatMap(({ path }) => (path ? [path] : []));
  const needed: FieldPath[] = [
    ...paths,
    ...[...seriesAttributes, ...(timeProperty ? [timeProperty] : [])].map((name) => [name]),
  ];
  const getReferenced = referencesFor(request.maxAge, context);
  const records = createSummaryRecords(request, lower, getReferenced);
  const asker = { ...context, getReferenced };
  const plan = await planQuery(address, withoutLower, Infinity, asker);

  /** Processes the slice; `isValid` is false if it counted documents that do not belong to the slice. */
  async function read(keepsDocuments: boolean) {
    const summary = createSummary({ groups, measures, window });
    const rowDocuments = createRowDocuments(paths);
    const needs = createRowDocuments(needed);
    const sample: DataDocument[] = [];
    let hasTimes = false;
    let added = 0;

    async function addAll(documents: readonly DataDocument[]): Promise<void> {
      sample.push(...documents.slice(0, maxSample - sample.length));
      for (const record of await records.of(documents)) {
        summary.add(record);
        hasTimes ||= record.time !== undefined;
        added += 1;
        const pause = pauses();
        if (pause) await pause;
      }
      refuseTooManyGroups(summary.groupCount);
    }

    const slice = plan.open(source, (document) =>
      keepsDocuments ? needs.keep(document) : keepAttributes(document, identityAttributes),
    );
    for await (const some of slice) {
      rowDocuments.look(some);
      if (!keepsDocuments) await addAll(some);
    }
    if (keepsDocuments) await addAll(slice.documents);
    const { superseded } = slice;
    const isValid = slice.documents.length === added;
    return { summary, sample, hasTimes, added, keys: rowDocuments.keys, superseded, isValid };
  }

  /** All groups must fit: a limit removes rows only at the end. */
  function refuseTooManyGroups(count: number): void {
    const columns = groups.length + measures.length;
    const shown = Math.min(count, request.limit);
    refuseTooLarge(shown * (2 + 2 * columns), shown, maxChars, "at least ");
    share.hold(count * (groupBytes + columns * figureBytes));
  }

  const first = await read(false);
  const { summary, sample, hasTimes, added, keys, superseded } = first.isValid ? first : await read(true);
  const mistyped = added === 0 ? unknownKind(address, query) : undefined;
  if (mistyped) throw mistyped;
  checkFields(paths, collection, keys);
  if (added > 0 && !hasTimes) refuseTimeless(request);
  const steps = summary.finish();
  while (steps.next().done !== true) {
    const pause = pauses();
    if (pause) await pause;
    refuseTooManyGroups(summary.groupCount);
  }
  const rows: TableValue[][] = [];
  let chars = 1;
  for (const row of summary.rows()) {
    if (rows.length >= request.limit) break;
    rows.push(row);
    if (maxChars !== undefined) chars += JSON.stringify(row).length + 1;
    const pause = pauses();
    if (pause) await pause;
  }
  refuseTooLarge(chars, rows.length, maxChars, "");
  for (const path of records.emptyPaths()) refuseUnknownStep(sample, from, path, records.find);
  return {
    columns: summaryColumns(groups, measures, rows),
    rows,
    asOf: new Date(Math.min(started, plan.asOf, records.asOf())).toISOString(),
    rowCount: rows.length,
    ...(superseded > 0 && { superseded }),
  };
}

const noWindow = ({ now }: ReadSummary): Window => ({ start: -Infinity, end: Infinity, now });

/** Measures over time would be empty if no record has a time. */
function refuseTimeless({ measures, timeProperty = "" }: ReadSummary): void {
  const timed = measures.find(
    ({ measure }) => measure === "first" || measure === "last" || measure === "timeavg",
  );
  if (!timed) return;
  throw new KalError("KAL_FIELD_TYPE", {
    message: `${timed.name}: none of the records has a date in “${timeProperty}”, which first, last and timeavg need.`,
    hint: "Use another measure, or other records.",
  });
}
