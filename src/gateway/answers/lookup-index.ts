/**
 * An index of rows by the values of their first columns.
 * @module
 */
import { numberText } from "../../kalibrate/number-text.ts";
import { comparableText } from "../../kalibrate/comparable-text.ts";
import type { KeyValue, LookupResult } from "../../kalibrate/gateway-api.ts";
import { serialOf } from "../../kalibrate/serial-date.ts";
import { isCellError, type TableValue } from "../../kalibrate/table.ts";

export interface LookupIndex {
  /**
   * @param column whose value is returned
   * @param values one per key; a blank one finds nothing
   */
  readonly find: (column: number, values: readonly (KeyValue | null)[]) => LookupResult;
}

type Row = readonly TableValue[];

/**
 * @param keyCount number of columns at the beginning that are keys
 * @param isOrdered whether the first of several matching rows is the result
 */
export function indexRows(rows: readonly Row[], keyCount: number, isOrdered: boolean): LookupIndex {
  const places = new Map<string, { readonly row: Row; matches: number }>();
  for (const row of rows) {
    const name = nameOfKeys(row.slice(0, keyCount));
    if (name === undefined) continue;
    const place = places.get(name);
    if (place) place.matches += 1;
    else places.set(name, { row, matches: 1 });
  }
  return {
    find(column, values) {
      const place = places.get(nameOfKeys(values) ?? "");
      if (!place) return { missing: true };
      if (place.matches > 1 && !isOrdered) return { matches: place.matches };
      return { value: place.row[column] ?? null };
    },
  };
}

/** Undefined if a key has no value: such a row can never be found. */
export function nameOfKeys(values: Row): string | undefined {
  const names = values.map(comparable);
  return names.includes("") ? undefined : JSON.stringify(names);
}

const dateForm = /^\d{4}-\d\d-\d\d/;

/**
 * The form in which values are compared: texts by `comparableText`, the number 123 like the text “123”. A date is
 * compared as Excel's serial number, because a cell with a date passes that; numbers by the 15 digits that Excel shows,
 * because a calculated number (A1+1/24) is inexact beyond them.
 */
function comparable(value: TableValue): string {
  if (value === null || isCellError(value)) return "";
  if (typeof value === "number") return numberText(value);
  const text = comparableText(String(value));
  const serial = dateForm.test(text) ? serialOf(text) : undefined;
  return serial === undefined ? text : numberText(serial);
}
