/**
 * Lookups of values in force at a moment: for each key the latest record that is not after the moment.
 * @module
 */
import { attributeAt, attributesOf } from "../../kalibrate/catalogue/attributes.ts";
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type ClockTime, readClockTime } from "../../kalibrate/clock-time.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { AsOfRequest, LookupAnswer, LookupError, LookupResult } from "../../kalibrate/gateway-api.ts";
import { pathOf } from "../../kalibrate/names.ts";
import { isDateProperty } from "../../kalibrate/query/date-properties.ts";
import { parseQuery } from "../../kalibrate/query/parse.ts";
import { spellLikeCatalogue } from "../../kalibrate/query/properties.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { shareOfHeap } from "../heap.ts";
import { indexByTime } from "./as-of-index.ts";
import type { AnswerContext } from "./context.ts";
import { answerFromSlice, createIndexedSlices } from "./indexed-slices.ts";
import { readKeyValues } from "./key-values.ts";
import { refuseNoFields } from "./lookup.ts";
import { seriesAttributes, siteOfProduct } from "./series-name.ts";

export type AsOf = (request: AsOfRequest, context: AnswerContext) => Promise<LookupAnswer>;

const written = ["updatedOn", "createdOn"] as const;

/** @param maxBytes as in `createLookUp` */
export function createAsOf(steady: SteadyClock, maxBytes = shareOfHeap("asOf")): AsOf {
  // The index needs these fields directly after the keys: first the time, then the others.
  const slices = createIndexedSlices(
    steady,
    ({ rows }, { address }, keyCount) =>
      indexByTime(rows, keyCount, {
        time: keyCount,
        updatedOn: keyCount + 1,
        createdOn: keyCount + 2,
        series: seriesFields(address.collection.name).map((_, at) => keyCount + 3 + at),
      }),
    maxBytes,
  );
  return async (request, context) => {
    refuseNoFields(request);
    refuseLimit(request);
    const { requests, ...slice } = request;
    for (const { values, moments } of requests) refuseUnequal(values.length, moments.length);
    const fields = requests.map(({ field }) => field.trim());
    const needed = [
      timeField(request),
      ...written,
      ...seriesFields(parseSliceAddress(slice.collection).collection.name),
    ];
    const indexed = await slices({ ...slice, fields: [...needed, ...fields] }, context);
    return answerFromSlice(indexed, requests, ({ values, moments }, place) =>
      values.map((given, at): LookupResult => {
        const read = readKeyValues(given, request.keys.length);
        if (!Array.isArray(read)) return { error: read };
        const moment = readMoment(moments[at]);
        if (moment === undefined) return { missing: true };
        return "code" in moment ? { error: moment } : indexed.index.find(place, read, moment);
      }),
    );
  };
}

/** Some records of a series could be missing: then an older price would look as if it was in force. */
function refuseLimit({ query = "" }: Pick<AsOfRequest, "query">): void {
  const limit = parseQuery(query).find(({ property }) => /^(limit|offset)$/i.test(property));
  if (!limit) return;
  const { property, position } = limit;
  const place = position === undefined ? "" : `, position ${position}`;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `Query${place}: “${property}” is not possible here, because the record in force could be missing.`,
    hint: `Remove (${property}=…).`,
  });
}

function refuseUnequal(values: number, moments: number): void {
  if (values === moments) return;
  throw new KalError("KAL_REQUEST_INVALID", {
    message: `There are ${values} values but ${moments} moments.`,
  });
}

/** The fields that distinguish series, as far as the collection has them. */
function seriesFields(collection: string): string[] {
  const known = attributesOf(collection);
  const fields: string[] = seriesAttributes.filter((name) => Object.hasOwn(known, name));
  return fields.includes("product") ? [...fields, siteOfProduct.join(".")] : fields;
}

/** The time that decides: the query's order if it is by a date, otherwise the collection's own. */
export function timeField({
  collection: name,
  query = "",
}: Pick<AsOfRequest, "collection" | "query">): string {
  const { collection } = parseSliceAddress(name);
  const clauses = spellLikeCatalogue(parseQuery(query), collection);
  const order = clauses.find(({ property }) => property === "orderBy")?.value;
  if (order !== undefined && isDate(collection.name, order)) return order;
  if (collection.timeProperty !== undefined) return collection.timeProperty;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `Records of ${collection.name} have no date from which they are valid.`,
    hint: "Add the date to use to the query: (orderBy=createdOn).",
  });
}

function isDate(collection: string, property: string): boolean {
  const type = attributeAt(collection, pathOf(property))?.type;
  return type === undefined ? isDateProperty(property) : type === "date" || type === "datetime";
}

/** Undefined for a blank moment. */
function readMoment(given: unknown): ClockTime | LookupError | undefined {
  if (given === null || given === undefined || given === "") return undefined;
  const moment = typeof given === "string" ? readClockTime(given) : undefined;
  if (moment) return moment;
  return {
    code: "KAL_REQUEST_INVALID",
    message: `“${shorten(typeof given === "string" ? given : JSON.stringify(given), 60)}” is not a date or date-time.`,
    hint: "Write a date or a date-time: 2026-11-20T08:00.",
  };
}
