/**
 * Rows found by the values of their first columns.
 * @module
 */
import { comparableText } from "../../kalibrate/comparable-text.ts";
import type { KeyValue, LookupResult } from "../../kalibrate/gateway-api.ts";
import { serialOf } from "../../kalibrate/serial-date.ts";
import { isCellError, type TableValue } from "../../kalibrate/table.ts";

export interface LookupIndex {
  /**
   * @param column of the row, whose value is wanted
   * @param values one per key; a blank one finds nothing
   */
  readonly find: (column: number, values: readonly (KeyValue | null)[]) => LookupResult;
}

type Row = readonly TableValue[];

/**
 * @param keyCount so many columns at the beginning are the keys
 * @param isOrdered whether the first of several rows is the one that is meant
 */
export function indexRows(rows: readonly Row[], keyCount: number, isOrdered: boolean): LookupIndex {
  const places = new Map<string, { readonly row: Row; matches: number }>();
  for (const row of rows) {
    const name = nameOf(row.slice(0, keyCount));
    if (name === undefined) continue;
    const place = places.get(name);
    if (place) place.matches += 1;
    else places.set(name, { row, matches: 1 });
  }
  return {
    find(column, values) {
      const place = places.get(nameOf(values) ?? "");
      if (!place) return { missing: true };
      if (place.matches > 1 && !isOrdered) return { matches: place.matches };
      return { value: place.row[column] ?? null };
    },
  };
}

/** Undefined where a key has no value: such a row cannot be meant by anybody. */
function nameOf(values: Row): string | undefined {
  const names = values.map(comparable);
  return names.includes("") ? undefined : JSON.stringify(names);
}

const dateForm = /^\d{4}-\d\d-\d\d/;

/**
 * A value as it is compared: as `comparableText`, the number 123 like the text “123”. A date is compared as
 * Excel's number for it, which is what a cell with a date hands over; numbers by the 15 digits that Excel shows, for
 * what a formula has worked out (A1+1/24) is off behind them.
 */
function comparable(value: TableValue): string {
  if (value === null || isCellError(value)) return "";
  if (typeof value === "number") return numberText(value);
  const text = comparableText(String(value));
  const serial = dateForm.test(text) ? serialOf(text) : undefined;
  return serial === undefined ? text : numberText(serial);
}

function numberText(number: number): string {
  return String(Number(number.toPrecision(15)));
}
