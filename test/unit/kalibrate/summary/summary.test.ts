import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClockTime } from "../../../../src/kalibrate/clock-time.ts";
import { findCollection } from "../../../../src/kalibrate/catalogue/collections.ts";
import { parseGroups, parseMeasures } from "../../../../src/kalibrate/summary/expressions.ts";
import type { Window } from "../../../../src/kalibrate/summary/in-force.ts";
import { readWritten } from "../../../../src/kalibrate/summary/newest.ts";
import { createSummary } from "../../../../src/kalibrate/summary/summary.ts";
import type { TableValue } from "../../../../src/kalibrate/table.ts";
import { near, referenceRows, type SimpleRecord, type SimpleWindow, type Span, textOf } from "./reference.ts";

const price = findCollection("price")!;
const allMeasures = [
  "count",
  "count(price)",
  "distinct(price)",
  "sum(price)",
  "avg(price)",
  "min(price)",
  "max(price)",
  "median(price)",
  "first(price)",
  "last(price)",
  "timeavg(price)",
];

interface Given {
  readonly at?: string | null;
  readonly price?: TableValue;
  readonly brand?: TableValue;
  readonly series?: string;
  readonly updatedOn?: string;
  readonly isInWindow?: boolean;
}

const noWindow: Window = { start: -Infinity, end: Infinity, now: readClockTime("2026-12-01")! };

function summarise(
  by: readonly string[],
  measures: readonly string[],
  given: readonly Given[],
  window = noWindow,
) {
  const groups = parseGroups(by, price, {});
  const summary = createSummary({
    groups: groups.map((group) => ({
      ...group,
      type: group.path.join(".") === "effectiveTime" ? "datetime" : undefined,
      isOfTime: group.bucket !== undefined && group.path.join(".") === "effectiveTime",
    })),
    measures: parseMeasures(measures, price, {}).map((measure) => ({ ...measure, type: undefined })),
    window,
  });
  for (const {
    at = null,
    price: value = null,
    brand = null,
    series = "1",
    updatedOn,
    isInWindow = true,
  } of given) {
    summary.add({
      groupValues: groups.map(({ path }) => (path.join(".") === "effectiveTime" ? at : brand)),
      values: measures.map((measure) => (measure.includes("effectiveTime") ? at : value)),
      time: at === null ? undefined : readClockTime(at),
      ...readWritten(updatedOn, undefined),
      series: [series],
      isInWindow,
    });
  }
  expect([...summary.finish()].length).toBeGreaterThan(0);
  return [...summary.rows()];
}

const window = (start: string | undefined, end: string | undefined, now = "2026-12-01"): Window => ({
  start: start === undefined ? -Infinity : readClockTime(start)!.clock,
  end: end === undefined ? Infinity : readClockTime(end)!.clock,
  now: readClockTime(now)!,
});

describe("a summary", () => {
  const hour = fc.integer({ min: -60, max: 400 });
  const record = fc.record({
    brand: fc.constantFrom("A", "B", null),
    site: fc.constantFrom("1", "2", "3"),
    hour,
    price: fc.option(fc.integer({ min: -5, max: 2000 })),
  });
  const windows = fc.record({
    from: fc.option(hour, { nil: undefined }),
    to: fc.option(hour, { nil: undefined }),
    now: fc.integer({ min: 0, max: 450 }),
  });
  const spans = fc.constantFrom<Span>("none", "day", "hourofday", "week", "weekday");

  it("agrees with one that is worked out hour by hour", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 14 }), windows, spans, (some, simple, span) => {
        const records: SimpleRecord[] = some.map((item, updated) => ({ ...item, updated }));
        const given = records
          .filter((record) => record.hour < (simple.to ?? Infinity))
          .map((record): Given => ({
            at: textOf(record.hour),
            price: record.price === null ? null : record.price / 1000,
            brand: record.brand,
            series: record.site,
            updatedOn: new Date(record.updated * 1000).toISOString(),
            isInWindow: record.hour >= (simple.from ?? -Infinity),
          }));
        const rows = summarise(
          ["brand", ...(span === "none" ? [] : [`${span}(effectiveTime)`])],
          allMeasures,
          given,
          windowOf(simple),
        );
        const found = rows.map((row) =>
          JSON.stringify(row.map((value) => (typeof value === "number" ? near(value) : value))),
        );
        expect(found.sort()).toEqual(referenceRows(records, simple, span).sort());
      }),
      { numRuns: 80 },
    );
  });

  function windowOf({ from, to, now }: SimpleWindow): Window {
    const text = (at: number | undefined) => (at === undefined ? undefined : textOf(at));
    return window(text(from), text(to), textOf(now));
  }

  it("does not depend on the order in which the records come", () => {
    fc.assert(
      fc.property(
        fc
          .array(record, { maxLength: 12 })
          .chain((some) =>
            fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
          ),
        ([some, shuffled]) => {
          const rowsOf = (records: typeof some) =>
            summarise(
              ["brand", "day(effectiveTime)"],
              allMeasures,
              records.map((record) => ({
                at: textOf(record.hour),
                price: record.price,
                brand: record.brand,
                series: record.site,
                updatedOn: new Date(some.indexOf(record) * 1000).toISOString(),
              })),
            );
          expect(rowsOf(shuffled)).toEqual(rowsOf(some));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("gives the same for records that share a zone, and for zones where one record has none", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("Z", "+05:30", "-08:00"),
        fc.array(fc.constantFrom("Z", "+02:00", "-11:00"), { minLength: 12, maxLength: 12 }),
        (records, shared, zones) => {
          const rowsOf = (zoneOf: (at: number) => string) =>
            summarise(
              ["brand", "day(effectiveTime)"],
              ["count", "first(price)", "last(price)", "timeavg(price)"],
              [...records, { brand: null, site: "1", hour: 500, price: 1 }].map((item, at) => ({
                at: `${textOf(item.hour)}${zoneOf(at)}`,
                price: item.price,
                brand: item.brand,
                // One series, so that a record without a zone counts for all of them.
                updatedOn: new Date(at * 1000).toISOString(),
              })),
              window(undefined, textOf(450)),
            );
          const plain = rowsOf(() => "");
          expect(rowsOf(() => shared)).toEqual(plain);
          const timeavg = (rows: TableValue[][]) => rows.map((row) => [row[0], row[1], row[2], row.at(-1)]);
          const mixed = rowsOf((at) => (at === records.length ? "" : (zones[at] ?? "")));
          expect(timeavg(mixed)).toEqual(timeavg(plain));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("adds decimals exactly", () => {
    const prices = [0.1, 0.2, -0.3].map((value) => ({ price: value }));
    expect(summarise([], ["sum(price)", "avg(price)"], prices)).toEqual([[0, 0]]);
    expect(
      summarise(
        [],
        ["sum(price)"],
        Array.from({ length: 1000 }, () => ({ price: 1.459 })),
      ),
    ).toEqual([[1459]]);
    expect(summarise([], ["sum(price)"], [{ price: 1e15 }, { price: 0.001 }, { price: -1e15 }])).toEqual([
      [0.001],
    ]);
    expect(summarise([], ["sum(price)"], [{ price: 1e300 }, { price: 1e-7 }, { price: -1e300 }])).toEqual([
      [1e-7],
    ]);
    expect(summarise([], ["avg(price)"], [{ price: 1 }, { price: 1 }, { price: 0 }])).toEqual([[2 / 3]]);
    expect(summarise([], ["sum(price)"], [{ price: 1.7e308 }, { price: 1.7e308 }])).toEqual([
      [{ error: "KAL_NUMBER_TOO_LARGE" }],
    ]);
  });

  it("adds any decimals as whole numbers of their smallest unit", () => {
    const decimal = fc.record({ units: fc.maxSafeInteger(), scale: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1 }), (decimals) => {
        const few = decimals.map(({ units, scale }) => ({ units: units % 1e14, scale }));
        const units = few.reduce((sum, item) => sum + BigInt(item.units) * 10n ** BigInt(9 - item.scale), 0n);
        const given = few.map((item) => ({ price: Number(`${item.units}e-${item.scale}`) }));
        expect(summarise([], ["sum(price)"], given)[0]?.[0]).toBe(Number(`${units}e-9`));
      }),
    );
  });

  it("shows the groups in ascending order, absent ones last", () => {
    const given = ["b", null, "Ärger", 10, "a", 9, true, ""].map((brand) => ({ brand }));
    expect(summarise(["brand"], ["count"], given)).toEqual([
      [9, 1],
      [10, 1],
      ["a", 1],
      ["Ärger", 1],
      ["b", 1],
      [true, 1],
      [null, 2],
    ]);
  });

  it("gives one row without groups, and none with groups where there are no records", () => {
    expect(summarise([], allMeasures, [])).toEqual([
      [0, 0, 0, null, null, null, null, null, null, null, null],
    ]);
    expect(summarise(["brand"], allMeasures, [])).toEqual([]);
  });

  it("takes spans of time from the clock, whatever the zone", () => {
    const given = [
      { at: "2026-03-29T23:30:00-08:00" },
      { at: "2026-03-29T00:30:00+13:00" },
      { at: "2026-03-29" },
      {},
    ];
    expect(summarise(["day(effectiveTime)"], ["count"], given)).toEqual([
      ["2026-03-29", 3],
      [null, 1],
    ]);
    const by = ["hour", "hourofday", "week", "month", "quarter", "year", "weekday"].map(
      (name) => `${name}(effectiveTime)`,
    );
    expect(summarise(by, ["count"], [{ at: "2026-11-22T23:59:59.9999999Z" }])).toEqual([
      ["2026-11-22T23:00:00", 23, "2026-11-16", "2026-11-01", "2026-10-01", "2026-01-01", 7, 1],
    ]);
  });

  it("counts a day of 25 hours only where the times say so", () => {
    const at = (first: string, second: string, third: string) => [
      { at: first, price: 1 },
      { at: second, price: 2 },
      { at: third, price: null },
    ];
    const averages = (given: Given[]) => summarise(["day(effectiveTime)"], ["timeavg(price)"], given)[0]?.[1];
    const autumn = ["2026-10-25T00:00:00", "2026-10-25T12:00:00", "2026-10-26T00:00:00"] as const;
    const [first, second, third] = autumn;
    expect(averages(at(first, second, third))).toBe(1.5);
    expect(averages(at(`${first}+01:00`, `${second}+00:00`, `${third}+00:00`))).toBe((13 + 2 * 12) / 25);
    expect(averages(at(`${first}+01:00`, second, `${third}+00:00`))).toBe(1.5);
    const spring = [
      "2026-03-29T00:00:00+00:00",
      "2026-03-29T12:00:00+01:00",
      "2026-03-30T00:00:00+01:00",
    ] as const;
    expect(averages(at(...spring))).toBe((11 + 2 * 12) / 23);
  });

  it("orders times within the hour that the clock shows twice by their zones", () => {
    const given = [
      { at: "2026-10-25T01:45:00+01:00", price: 1 },
      { at: "2026-10-25T01:30:00+00:00", price: 2 },
    ];
    expect(summarise([], ["first(price)", "last(price)"], given)).toEqual([[1, 2]]);
    expect(summarise([], ["last(price)"], [...given, { at: "2026-10-25T01:40:00", price: 3 }])).toEqual([
      [1],
    ]);
    const until = window(undefined, "2026-10-25T02:30:00");
    // 45 minutes of the first price, an hour of the second.
    expect(summarise([], ["timeavg(price)"], given, until)).toEqual([[(45 + 2 * 60) / 105]]);
  });

  it("lets the record in force at the window's start weigh from there", () => {
    const given = [
      { at: "2026-11-01T12:00:00", price: 9 },
      { at: "2026-11-02T12:00:00", price: 1, isInWindow: false },
      { at: "2026-11-03T12:00:00", price: 3 },
    ];
    const both = ["count", "timeavg(price)"];
    const of3 = window("2026-11-03", "2026-11-04");
    expect(summarise([], both, [given[1]!, given[2]!], of3)).toEqual([[1, 2]]);
    const of4 = window("2026-11-04", "2026-11-06");
    expect(summarise(["day(effectiveTime)"], both, [{ ...given[2]!, isInWindow: false }], of4)).toEqual([
      ["2026-11-04", 0, 3],
      ["2026-11-05", 0, 3],
    ]);
  });

  it("lets nothing weigh after now, by the zone where both have one", () => {
    const given = [
      { at: "2026-11-03T00:00:00", price: 1 },
      { at: "2026-11-03T06:00:00", price: 2 },
      { at: "2026-11-03T18:00:00", price: 50 },
    ];
    const until = (now: string) =>
      summarise([], ["timeavg(price)"], given, window(undefined, undefined, now))[0]?.[0];
    expect(until("2026-11-03T12:00:00")).toBe(1.5);
    expect(until("2026-11-03T12:00:00-05:00")).toBe(1.5);
    const zoned = given.map((item) => ({ ...item, at: `${item.at}+02:00` }));
    const now = window(undefined, undefined, "2026-11-03T05:00:00-05:00");
    expect(summarise([], ["timeavg(price)"], zoned, now)).toEqual([[1.5]]);
    expect(summarise([], ["timeavg(price)"], given, window(undefined, undefined, "2026-11-02"))).toEqual([
      [null],
    ]);
  });

  it("does not choose between two records of the same time that nothing tells apart", () => {
    const given = [
      { at: "2026-11-03", price: 1 },
      { at: "2026-11-03", price: 2 },
      { at: "2026-11-04", price: 3 },
    ];
    const ambiguous = { error: "KAL_AMBIGUOUS" };
    const until = window(undefined, "2026-11-05");
    expect(summarise(["day(effectiveTime)"], ["last(price)", "timeavg(price)"], given, until)).toEqual([
      ["2026-11-03", ambiguous, ambiguous],
      ["2026-11-04", 3, 3],
    ]);
    const equal = given.map((item) => ({ ...item, price: 7 }));
    expect(summarise([], ["first(price)", "timeavg(price)"], equal, until)).toEqual([[7, 7]]);
  });

  it.each(["sum", "avg", "median", "timeavg", "min", "max"])(
    "refuses %s of text, with an example",
    (measure) => {
      const work = () => summarise([], [`${measure}(brand)`], [{ at: "2026-11-03", price: "Shell" }]);
      expect(work).toThrow(expect.objectContaining({ code: "KAL_FIELD_TYPE" }));
      expect(work).toThrow(/“brand” holds text, for example “Shell”/);
    },
  );

  it("refuses a span of time of what is no date", () => {
    expect(() => summarise(["day(brand)"], ["count"], [{ brand: 7 }])).toThrow(
      /holds a number, for example “7”/,
    );
  });

  it("compares dates in min and max by their clock time, as they are written", () => {
    const given = [
      { at: "2026-11-03T08:00:00Z" },
      { at: "2026-11-03 07:00+05:00" },
      { at: "2026-11-02T24:00" },
    ];
    expect(summarise([], ["min(effectiveTime)", "max(effectiveTime)"], given)).toEqual([
      ["2026-11-02T24:00", "2026-11-03T08:00:00Z"],
    ]);
  });
});
