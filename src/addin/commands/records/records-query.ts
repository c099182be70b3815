/**
 * From a figure to the query of the records behind it.
 * @module
 */
import { findCollection } from "../../../kalibrate/catalogue/collections.ts";
import { isEmptyCell } from "../../../kalibrate/comparable-text.ts";
import { splitConnection } from "../../../kalibrate/connection-name.ts";
import type { KeyValue } from "../../../kalibrate/gateway-api.ts";
import { splitExpressions } from "../../../kalibrate/summary/split-expressions.ts";
import {
  readFields,
  readHeaders,
  readQuery,
  readRequiredText,
  readText,
  readTexts,
} from "../../functions/arguments.ts";
import { shapeOf } from "../../functions/lookup-shape.ts";
import { readMoments } from "../../functions/moments.ts";
import type { TableQuery } from "../../runtime/tables/table-query.ts";
import type { ArgumentCells, Figure } from "./read-figure.ts";

type Where = NonNullable<TableQuery["where"]>;

/** What a reader needs beside the figure. */
interface Surroundings {
  /** For `today` and `now`. */
  readonly now: Date;
  /** What a cell without a value shows in this workbook. */
  readonly empty: unknown;
}

type Reader = (figure: Figure, surroundings: Surroundings) => TableQuery | undefined;

/**
 * @returns undefined for a figure without records: a heading, an empty key, a function that shows records itself
 * @throws KalError for an argument that the function itself refuses
 */
export const recordsQuery: Reader = (figure, surroundings) => readers[figure.name]?.(figure, surroundings);

const readers: Readonly<Record<string, Reader>> = {
  LOOKUP(figure, { now }) {
    const [collection, query, , keys, ...values] = figure.args;
    const where = whereKeys(keys, placeIn(values, figure));
    return where && { ...sliceOf(collection, query, now), where };
  },

  ASOF(figure, { now }) {
    const [collection, query, , keys, moment, ...values] = figure.args;
    const place = placeIn([...values, readMoments(moment ?? [[]], now)], figure);
    const at = place.pop();
    const where = whereKeys(keys, place);
    return where && typeof at === "string"
      ? { ...sliceOf(collection, query, now), where, moment: at }
      : undefined;
  },

  SUMMARY({ args: [collection, query, by, measures, headers], row, column, shown }, { now, empty }) {
    if (row < headingRows(headers)) return undefined;
    const groups = expressionsIn(by);
    const where = groups.map((field, at) => ({ field, value: valueIn(shown[at], empty) }));
    const all = expressionsIn(measures);
    const meant = column < groups.length ? all : [all[column - groups.length] ?? ""];
    const [timeavg] = meant.flatMap((measure) => averaged.exec(measure)?.[1] ?? []);
    return { ...sliceOf(collection, query, now), where, ...(timeavg !== undefined && { timeavg }) };
  },

  MARKET({ args: [, , moment, headers, connection], row, shown }, { now, empty }) {
    if (row < headingRows(headers)) return undefined;
    const [, product, , site, , , isOwn] = shown;
    const [at] = readMoments(moment ?? [[]], now).flat();
    const name = readText(firstOf(connection));
    const of = (collection: string, siteField: string, productField: string): TableQuery => ({
      ...(name !== undefined && { connection: name }),
      collection,
      query: `(entityVariant=${isOwn === true ? "Own" : "Competitor"})`,
      fields: fieldsOf(collection),
      where: [
        { field: siteField, value: valueIn(site, empty) },
        { field: productField, value: valueIn(product, empty) },
      ],
    });
    return typeof at === "string"
      ? { ...of("price", "product.site.importCode", "product.product.importCode"), moment: at }
      : of("product", "site.importCode", "product.importCode");
  },
};

const averaged = /^timeavg\s*\((.*)\)$/is;

const firstOf = (argument: ArgumentCells): unknown => argument?.[0]?.[0];
const headingRows = (headers: ArgumentCells): number => (readHeaders(firstOf(headers)) === 0 ? 0 : 1);
const expressionsIn = (argument: ArgumentCells): string[] =>
  readTexts(argument).flatMap((text) => splitExpressions(text).map((piece) => piece.text));

/** The slice that the formula reads, with fields that a person can read first. */
function sliceOf(collection: ArgumentCells, query: ArgumentCells, now: Date): Omit<TableQuery, "where"> {
  const { connection, collection: name } = splitConnection(
    readRequiredText("collection", firstOf(collection)),
  );
  const isOneText = query?.length === 1 && query[0]?.length === 1;
  // As it was written: `today-7` means another day tomorrow.
  const text = isOneText ? readText(firstOf(query)) : readQuery(query, now);
  return {
    ...(connection !== undefined && { connection }),
    collection: name,
    ...(text !== undefined && { query: text }),
    fields: fieldsOf(name),
  };
}

function fieldsOf(collection: string): string[] {
  return [...(findCollection(collection.split("/", 1)[0] ?? "")?.defaultColumns ?? []), "*"];
}

/** The values of the arguments that belong to a place of the result. */
function placeIn(values: readonly ArgumentCells[], { row, column }: Figure): unknown[] {
  return shapeOf(values.map((value) => value ?? [[]])).valuesAt(row, column);
}

/** Undefined where a key is empty: its cell shows the empty value. */
function whereKeys(keys: ArgumentCells, values: readonly unknown[]): Where | undefined {
  const fields = readFields(keys) ?? [];
  if (values.some(isEmptyCell)) return undefined;
  return fields.map((field, at) => ({ field, value: values[at] as KeyValue }));
}

function valueIn(cell: unknown, empty: unknown): KeyValue | null {
  return cell === undefined || cell === "" || cell === empty ? null : (cell as KeyValue);
}
