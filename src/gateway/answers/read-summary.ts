/**
 * Parses the request of a summary.
 * @module
 */
import { refusePersonalFilters } from "../../kalibrate/catalogue/personal-data.ts";
import { parseSliceAddress, type SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { ClockTime } from "../../kalibrate/clock-time.ts";
import type { FieldOptions } from "../../kalibrate/documents/fields.ts";
import { knownType } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { SummaryRequest } from "../../kalibrate/gateway-api.ts";
import { isControl, type Query } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { spellLikeCatalogue } from "../../kalibrate/query/properties.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { parseGroups, parseMeasures } from "../../kalibrate/summary/expressions.ts";
import type { SummaryPlan } from "../../kalibrate/summary/summary.ts";
import type { MeasureColumn } from "../../kalibrate/summary/totals.ts";
import type { AnswerContext } from "./context.ts";
import { readTime } from "./read-time.ts";

/** A parsed request. */
export interface ReadSummary {
  readonly address: SliceAddress;
  /** `price`, `reference/Brand`. */
  readonly from: string;
  /** As written, with names in the catalogue's spelling. */
  readonly query: Query;
  readonly groups: SummaryPlan["groups"];
  readonly measures: readonly MeasureColumn[];
  /** The property with the time from which a record is valid; undefined if unknown. */
  readonly timeProperty: string | undefined;
  readonly now: ClockTime;
  /** Infinity for all groups. */
  readonly limit: number;
  readonly maxChars: number | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
}

/** Measures that depend on the time from which records are valid. */
const timed: ReadonlySet<string> = new Set(["first", "last", "timeavg"]);

/** @throws KalError for an invalid request, and for personal data if it is hidden. */
export function readSummary(
  request: SummaryRequest,
  { hidePersonalData, now }: Pick<AnswerContext, "hidePersonalData" | "now">,
): ReadSummary {
  const address = parseSliceAddress(request.collection);
  const { collection, entityType } = address;
  const query = spellLikeCatalogue(parseQuery(request.query ?? ""), collection);
  const control = query.find(isControl);
  if (control) throw noControl(control.property, control.position);
  if (hidePersonalData) refusePersonalFilters(query, collection);
  const from = entityType === undefined ? collection.name : `${collection.name}/${entityType}`;
  const { timeProperty } = collection;
  const groups = readGroups(request.by, address, { hidePersonalData });
  const measures = readMeasures(request.measures, address, { hidePersonalData });
  const ofTime = measures.find(({ measure }) => timed.has(measure));
  if (ofTime && timeProperty === undefined) {
    throw new KalError("KAL_QUERY_INVALID", {
      message: `${shorten(ofTime.name)}: records of ${collection.name} have no date from which they are valid.`,
      hint: "first, last and timeavg need that date; use them for prices and volumes.",
    });
  }
  return {
    address,
    from,
    query,
    groups,
    measures,
    timeProperty,
    now: readTime("now", request.now ?? new Date(now()).toISOString()),
    limit: request.limit || Infinity,
    maxChars: request.maxChars,
    maxAge: request.maxAge,
  };
}

/** The groups with what the catalogue knows of them. */
export function readGroups(
  by: readonly string[],
  { collection }: SliceAddress,
  options: FieldOptions,
): SummaryPlan["groups"] {
  return parseGroups(by, collection, options).map((group) => ({
    ...group,
    type: knownType(collection.name, group.path),
    isOfTime:
      group.bucket !== undefined && group.path.length === 1 && group.path[0] === collection.timeProperty,
  }));
}

/** The measures with what the catalogue knows of them. */
export function readMeasures(
  measures: readonly string[],
  { collection }: SliceAddress,
  options: FieldOptions,
): MeasureColumn[] {
  return parseMeasures(measures, collection, options).map((measure) => ({
    ...measure,
    type: measure.path && knownType(collection.name, measure.path),
  }));
}

function noControl(property: string, position: number | undefined): KalError {
  const place = position === undefined ? "" : `, position ${position}`;
  return new KalError("KAL_QUERY_INVALID", {
    message: `Query${place}: “${property}” is not possible in a summary, which uses all records that the filters select.`,
    hint: `Remove ${formatQuery([{ property, operator: "=", value: "…" }])}. To limit the groups, use the argument “limit”.`,
  });
}
