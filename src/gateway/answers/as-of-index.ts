/**
 * An index by key values and time: finds the row of a key that was in force at a moment.
 * @module
 */
import { type ClockTime, readClockTime } from "../../kalibrate/clock-time.ts";
import type { KeyValue, LookupResult } from "../../kalibrate/gateway-api.ts";
import { createTimeline } from "../../kalibrate/summary/in-force-at.ts";
import { readWritten, type Written } from "../../kalibrate/summary/newest.ts";
import { isSameValue } from "../../kalibrate/summary/value-numbers.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import { nameOfKeys } from "./lookup-index.ts";

export interface AsOfIndex {
  /**
   * @param column whose value is returned
   * @param values one per key; a blank one finds nothing
   */
  readonly find: (column: number, values: readonly (KeyValue | null)[], moment: ClockTime) => LookupResult;
}

type Row = readonly TableValue[];

/** The columns needed besides the keys. */
export interface AsOfColumns {
  readonly time: number;
  readonly updatedOn: number;
  readonly createdOn: number;
  /** Rows with equal values in all of these columns are one series. */
  readonly series: readonly number[];
}

interface Event extends ClockTime, Written {
  readonly row: Row;
}

/** The records of one key. */
interface History {
  readonly rows: Row[];
  /** What was in force at a moment; made on first use. */
  at?: (moment: ClockTime) => readonly Event[];
  isOneSeries?: boolean;
}

/** @param keyCount number of key columns at the start */
export function indexByTime(rows: readonly Row[], keyCount: number, columns: AsOfColumns): AsOfIndex {
  const histories = new Map<string, History>();
  for (const row of rows) {
    const name = nameOfKeys(row.slice(0, keyCount));
    if (name === undefined) continue;
    const history = histories.get(name);
    if (history) history.rows.push(row);
    else histories.set(name, { rows: [row] });
  }
  return {
    find(column, values, moment) {
      const history = histories.get(nameOfKeys(values) ?? "");
      if (!history) return { missing: true };
      history.isOneSeries ??= new Set(history.rows.map((row) => seriesOf(row, columns))).size === 1;
      if (!history.isOneSeries) return { matches: history.rows.length };
      history.at ??= createTimeline(eventsOf(history.rows, columns));
      return resultOf(history.at(moment), column);
    },
  };
}

function seriesOf(row: Row, { series }: AsOfColumns): string {
  // Ids may be written in either letter case.
  return JSON.stringify(series.map((column) => JSON.stringify(row[column] ?? null).toLowerCase()));
}

function eventsOf(rows: readonly Row[], { time, updatedOn, createdOn }: AsOfColumns): Event[] {
  return rows.flatMap((row): Event[] => {
    const text = row[time];
    const at = typeof text === "string" ? readClockTime(text) : undefined;
    return at ? [{ row, ...at, ...readWritten(row[updatedOn], row[createdOn]) }] : [];
  });
}

function resultOf([newest, ...equals]: readonly Event[], column: number): LookupResult {
  if (!newest) return { missing: true };
  const valueOf = ({ row }: Event) => row[column] ?? null;
  const value = valueOf(newest);
  // Nothing shows which record counts. If their values are equal it does not matter.
  const isClear = equals.every((event) => isSameValue(valueOf(event), value, undefined));
  return isClear ? { value } : { matches: 1 + equals.length };
}
