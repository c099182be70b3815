/**
 * A slow and simple implementation of summaries, for comparison: it counts in whole thousandths and hour by hour, and
 * reads every record for every figure. It shares no code with the real one.
 */

export interface SimpleRecord {
  readonly brand: string | null;
  readonly site: string;
  /** Hours since 2026-11-02T00:00, a Monday. */
  readonly hour: number;
  /** Order of the records' `updatedOn`; all different. */
  readonly updated: number;
  /** Thousandths; null for a record without a value. */
  readonly price: number | null;
}

export interface SimpleWindow {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly now: number;
}

export type Span = "none" | "day" | "hourofday" | "week" | "weekday";

const monday = Date.UTC(2026, 10, 2);

export const textOf = (hour: number) => new Date(monday + hour * 3_600_000).toISOString().slice(0, 19);

function spanOf(span: Span, hour: number): string | number | undefined {
  const day = Math.floor(hour / 24);
  const dateOf = (number: number) => textOf(number * 24).slice(0, 10);
  if (span === "day") return dateOf(day);
  if (span === "hourofday") return hour - day * 24;
  if (span === "week") return dateOf(Math.floor(day / 7) * 7);
  if (span === "weekday") return day - Math.floor(day / 7) * 7 + 1;
  return undefined;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** One row for each group, as JSON, in any order. */
export function referenceRows(records: readonly SimpleRecord[], window: SimpleWindow, span: Span): string[] {
  const { from = -Infinity, to = Infinity, now } = window;
  const groups = new Map<string, { counted: SimpleRecord[]; prices: number[] }>();
  const groupOf = (brand: string | null, hour: number) => {
    const bucket = spanOf(span, hour);
    const key = JSON.stringify(bucket === undefined ? [brand] : [brand, bucket]);
    const group = groups.get(key) ?? { counted: [], prices: [] };
    groups.set(key, group);
    return group;
  };

  for (const record of records) {
    if (record.hour >= from && record.hour < to) groupOf(record.brand, record.hour).counted.push(record);
  }
  const hours = records.map(({ hour }) => hour);
  const first = Math.max(from, Math.min(...hours));
  for (let hour = first; hour < Math.min(to, now); hour += 1) {
    for (const site of new Set(records.map((record) => record.site))) {
      const before = records.filter((record) => record.site === site && record.hour <= hour);
      const latest = Math.max(...before.map((record) => record.hour));
      const inForce = before
        .filter((record) => record.hour === latest)
        .sort((a, b) => b.updated - a.updated)[0];
      if (inForce?.price != null) groupOf(inForce.brand, hour).prices.push(inForce.price);
    }
  }

  return [...groups].map(([key, { counted, prices }]) => {
    const priced = counted.filter((record) => record.price !== null);
    const values = priced.map((record) => record.price!).sort((a, b) => a - b);
    const ofNone = values.length === 0;
    const byTime = [...priced].sort((a, b) => a.hour - b.hour || b.updated - a.updated);
    const latest = byTime.at(-1)?.hour;
    return JSON.stringify([
      ...(JSON.parse(key) as unknown[]),
      counted.length,
      values.length,
      new Set(values).size,
      ofNone ? null : sum(values) / 1000,
      ofNone ? null : near(sum(values) / (1000 * values.length)),
      ofNone ? null : Math.min(...values) / 1000,
      ofNone ? null : Math.max(...values) / 1000,
      ofNone
        ? null
        : near(
            (values[Math.floor((values.length - 1) / 2)]! + values[Math.floor(values.length / 2)]!) / 2000,
          ),
      ofNone ? null : byTime[0]!.price! / 1000,
      ofNone ? null : byTime.find((record) => record.hour === latest)!.price! / 1000,
      prices.length === 0 ? null : near(sum(prices) / (1000 * prices.length)),
    ]);
  });
}

/** Division rounds in its last digit. */
export function near(number: number): number {
  return Number(number.toPrecision(13));
}
