/**
 * The expressions of a summary: its groups (`site.brand.name`, `day(effectiveTime)`) and its measures (`count`,
 * `avg(price)`).
 * @module
 */
import type { Collection } from "../catalogue/collections.ts";
import { type FieldOptions, type FieldPath, parseFields } from "../documents/fields.ts";
import { KalError } from "../errors.ts";
import { quotesHint, readName, writePath } from "../names.ts";
import { didYouMean } from "../nearest.ts";
import { shorten } from "../shorten.ts";
import { type Bucket, bucketNames } from "./buckets.ts";
import { splitExpressions } from "./split-expressions.ts";

export const measureNames = [
  "count",
  "distinct",
  "sum",
  "avg",
  "min",
  "max",
  "median",
  "first",
  "last",
  "timeavg",
] as const;
export type MeasureName = (typeof measureNames)[number];

export interface Group {
  /** The column's name: `day(effectiveTime)`. */
  readonly name: string;
  readonly path: FieldPath;
  /** Undefined if the records are grouped by the field's own value. */
  readonly bucket: Bucket | undefined;
}

export interface Measure {
  readonly name: string;
  readonly measure: MeasureName;
  /** Undefined for `count` without a field. */
  readonly path: FieldPath | undefined;
}

/** @throws KalError KAL_QUERY_INVALID naming the position, KAL_FIELD_UNKNOWN, KAL_FORBIDDEN. */
export function parseGroups(
  texts: readonly string[],
  collection: Collection,
  options: FieldOptions,
): Group[] {
  return expressionsOf("by", texts).map((expression) => {
    const { call, place } = expression;
    const bucket = call === undefined ? undefined : knownName(bucketNames, call);
    if (call !== undefined && bucket === undefined) throw unknownFunction(expression, "by", bucketNames);
    if (expression.field === undefined) throw invalid(place, `expected a field within ${call}(…).`);
    const path = pathOf(expression.field, collection, options);
    return { name: nameOf(bucket, path), path, bucket };
  });
}

/** @throws KalError as `parseGroups` does. */
export function parseMeasures(
  texts: readonly string[],
  collection: Collection,
  options: FieldOptions,
): Measure[] {
  const measures = expressionsOf("measures", texts).map((expression): Measure => {
    const { call, field, place } = expression;
    if (call === undefined) {
      if (field?.toLowerCase() === "count") return { name: "count", measure: "count", path: undefined };
      throw invalid(place, `expected a measure of “${shorten(field ?? "")}”.`, measuresHint);
    }
    const measure = knownName(measureNames, call);
    if (measure === undefined) throw unknownFunction(expression, "measures", measureNames);
    if (field === undefined) {
      if (measure === "count") return { name: "count", measure, path: undefined };
      throw invalid(place, `expected a field within ${measure}(…).`, measuresHint);
    }
    // As in SQL.
    if (measure === "count" && field === "*") return { name: "count", measure, path: undefined };
    const path = pathOf(field, collection, options);
    return { name: nameOf(measure, path), measure, path };
  });
  if (measures.length === 0) throw invalid("Measures", "there are none.", measuresHint);
  return measures;
}

const measuresHint = "Write measures like count, avg(price), timeavg(price).";

interface Expression {
  /** The position of the expression, for messages: `Measures, item 2, position 1`. */
  readonly place: string;
  /** The function's name as written; undefined for a field alone. */
  readonly call: string | undefined;
  /** The text of the field; undefined if the parentheses are empty. */
  readonly field: string | undefined;
}

const callForm = /^(\p{L}[\p{L}\p{Nd}_]*)\s*\(/u;

function expressionsOf(argument: "by" | "measures", texts: readonly string[]): Expression[] {
  const title = argument === "by" ? "By" : "Measures";
  const pieces = texts.flatMap((text, index) => splitExpressions(text).map((piece) => ({ ...piece, index })));
  return pieces.map(({ text: written, start, index }): Expression => {
    const placeAt = (at: number) => `${title}, item ${index + 1}, position ${start + at + 1}`;
    const place = placeAt(0);
    const [opening = "", call] = callForm.exec(written) ?? [];
    if (call === undefined) return { place, call, field: written };
    const end = endOfField(written, opening.length);
    if (written[end] !== ")") throw invalid(placeAt(end), "expected “)”.");
    const behind = written.slice(end + 1).trim();
    if (behind !== "") {
      const at = written.indexOf(behind, end + 1);
      throw invalid(placeAt(at), `expected a comma or the end, found “${shorten(behind)}”.`);
    }
    const field = written.slice(opening.length, end).trim();
    return { place, call, field: field === "" ? undefined : field };
  });
}

/** The index of the parenthesis that closes a call, ignoring those in quotes. */
function endOfField(text: string, start: number): number {
  let isQuoted = false;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && (text[at] === ")" || text[at] === "(")) return at;
  }
  // The quotes may be unpaired, because Excel drops a quote at the beginning of typed text.
  const last = text.lastIndexOf(")");
  return last < start ? text.length : last;
}

function knownName<Name extends string>(names: readonly Name[], written: string): Name | undefined {
  return names.find((name) => name === written.toLowerCase());
}

/** Names of our functions in Excel and in other query languages. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["average", "avg"],
  ["mean", "avg"],
  ["minimum", "min"],
  ["maximum", "max"],
  ["total", "sum"],
  ["unique", "distinct"],
  ["date", "day"],
  ["dayofweek", "weekday"],
]);

function unknownFunction(
  { call = "", place }: Expression,
  argument: "by" | "measures",
  names: readonly string[],
): KalError {
  const isOfOther =
    argument === "by"
      ? knownName(measureNames, call) !== undefined
      : knownName(bucketNames, call) !== undefined;
  const other = argument === "by" ? "measures" : "by";
  const meant = elsewhere.get(call.toLowerCase()) ?? call;
  return invalid(
    place,
    `there is no function “${shorten(call)}” here.${isOfOther ? "" : didYouMean(meant, names)}`,
    isOfOther ? `${call}(…) belongs into ${other}.` : `Use one of ${names.join(", ")}.`,
  );
}

function pathOf(written: string, collection: Collection, options: FieldOptions): FieldPath {
  if (!readName(written)) {
    throw new KalError("KAL_FIELD_UNKNOWN", {
      message: `“${shorten(written)}” cannot be the name of a field.`,
      hint:
        quotesHint(written) ?? "Name one field; write a field of a referenced record with a dot: brand.name.",
    });
  }
  const [path] = parseFields([written], collection, options);
  return path ?? [];
}

function nameOf(call: string | undefined, path: FieldPath): string {
  return call === undefined ? path.join(".") : `${call}(${writePath(path)})`;
}

function invalid(place: string, problem: string, hint?: string): KalError {
  return new KalError("KAL_QUERY_INVALID", {
    message: `${place}: ${problem}`,
    hint: hint ?? "Write it like site.brand.name, day(effectiveTime).",
  });
}
