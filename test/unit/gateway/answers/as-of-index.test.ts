import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexByTime } from "../../../../src/gateway/answers/as-of-index.ts";
import { readClockTime } from "../../../../src/kalibrate/clock-time.ts";
import type { TableValue } from "../../../../src/kalibrate/table.ts";

const columns = { time: 1, updatedOn: 2, createdOn: 3, series: [4] };

/** Key, time, updatedOn, createdOn, series, value. */
const row = (
  time: TableValue,
  value: TableValue,
  { key = "1250", updated = null, created = null, series = "s" }: Record<string, TableValue> = {},
): TableValue[] => [key, time, updated, created, series, value];

const find = (rows: TableValue[][], moment: string, key: string | number = "1250") =>
  indexByTime(rows, 1, columns).find(5, [key], readClockTime(moment)!);

describe("an index by time", () => {
  const history = [
    row("2026-11-03T08:00:00", 3),
    row("2026-11-01T00:00:00", 1),
    row("2026-11-02T00:00:00", 2),
    row("2026-11-02T00:00:00", 99, { key: "1251" }),
  ];

  it.each([
    ["2026-11-03T08:00:00", { value: 3 }],
    ["2026-11-03T07:59:59", { value: 2 }],
    ["2026-11-02", { value: 2 }],
    ["2026-11-01T00:00:00.001", { value: 1 }],
    ["2026-10-31T23:59:59", { missing: true }],
    ["2099-01-01", { value: 3 }],
  ])("returns what was in force at %s", (moment, result) => {
    expect(find(history, moment)).toEqual(result);
  });

  it("finds keys as lookups do, and nothing for a blank key", () => {
    expect(find(history, "2026-11-05", 1250)).toEqual({ value: 3 });
    expect(find(history, "2026-11-05", " 1251 ")).toEqual({ value: 99 });
    expect(find(history, "2026-11-05", "")).toEqual({ missing: true });
  });

  it("agrees with a search through all records", () => {
    const event = fc.record({ hour: fc.integer({ min: 0, max: 20 }), value: fc.option(fc.integer()) });
    const text = (hour: number) => `2026-11-02T${String(hour).padStart(2, "0")}:00:00`;
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { selector: ({ hour }) => hour }),
        fc.integer({ min: 0, max: 23 }),
        (events, moment) => {
          const before = events.filter(({ hour }) => hour <= moment).map(({ hour }) => hour);
          const latest = events.find(({ hour }) => hour === Math.max(...before));
          expect(
            find(
              events.map(({ hour, value }) => row(text(hour), value)),
              text(moment),
            ),
          ).toEqual(latest ? { value: latest.value } : { missing: true });
        },
      ),
    );
  });

  it("finds a moment without a zone among zoned records by their clocks, in any order", () => {
    const event = fc.record({
      minute: fc.integer({ min: 0, max: 240 }),
      zone: fc.integer({ min: -2, max: 2 }),
    });
    const text = (minute: number) =>
      new Date(Date.UTC(2026, 9, 25) + minute * 60_000).toISOString().slice(0, 19);
    const instant = ({ minute, zone }: { minute: number; zone: number }) => minute - zone * 60;
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { selector: instant }),
        fc.integer({ min: 0, max: 250 }),
        (events, moment) => {
          const rows = events.map((item, at) => {
            const zone = `${item.zone < 0 ? "-" : "+"}0${Math.abs(item.zone)}:00`;
            return row(`${text(item.minute)}${zone}`, at);
          });
          const before = events.filter(({ minute }) => minute <= moment);
          const latest = before.toSorted((a, b) => instant(b) - instant(a))[0];
          const expected = latest ? { value: events.indexOf(latest) } : { missing: true };
          expect(find(rows, text(moment))).toEqual(expected);
        },
      ),
    );
  });

  it("returns the record written last if two have the same time", () => {
    const amended = [
      row("2026-11-02", 2, { updated: "2026-11-02T10:00:00Z" }),
      row("2026-11-02", 1, { created: "2026-11-01T10:00:00Z" }),
    ];
    expect(find(amended, "2026-11-03")).toEqual({ value: 2 });
    expect(find(amended.toReversed(), "2026-11-03")).toEqual({ value: 2 });
    const unclear = [row("2026-11-02", 2), row("2026-11-02T00:00", 1), row("2026-11-01", 0)];
    expect(find(unclear, "2026-11-03")).toEqual({ matches: 2 });
    expect(find(unclear, "2026-11-01")).toEqual({ value: 0 });
    expect(find([row("2026-11-02", 2), row("2026-11-02", 2)], "2026-11-03")).toEqual({ value: 2 });
  });

  it("does not choose between two series", () => {
    expect(find([...history, row("2026-11-04", 7, { series: "other" })], "2026-11-03")).toEqual({
      matches: 4,
    });
    expect(find([row("2026-11-01", 1), row("2026-11-02", 2, { series: "S" })], "2026-11-03")).toEqual({
      value: 2,
    });
  });

  it("compares instants if both sides have a time zone, otherwise local times", () => {
    const zoned = [row("2026-10-25T01:45:00+01:00", 1), row("2026-10-25T01:15:00+00:00", 2)];
    expect(find(zoned, "2026-10-25T01:00:00+00:00")).toEqual({ value: 1 });
    expect(find(zoned, "2026-10-25T02:00:00")).toEqual({ value: 2 });
    expect(find(zoned, "2026-10-25T03:14:00+02:00")).toEqual({ value: 1 });
    expect(find(history, "2026-11-03T08:00:00-11:00")).toEqual({ value: 3 });
    const mixed = [row("2026-11-02T10:00:00-05:00", 1), row("2026-11-02T12:00:00", 2)];
    expect(find(mixed, "2026-11-02T13:00")).toEqual({ value: 2 });
    expect(find(mixed, "2026-11-02T11:00:00+00:00")).toEqual({ value: 1 });
    // The same instant in two zones.
    const twice = [
      row("2026-11-02T10:00:00+00:00", 1, { updated: "2026-11-02T12:00:00Z" }),
      row("2026-11-02T11:00:00+01:00", 2, { updated: "2026-11-02T11:00:00Z" }),
    ];
    expect(find(twice, "2026-11-03T00:00:00Z")).toEqual({ value: 1 });
    expect(find(twice.toReversed(), "2026-11-03T00:00:00Z")).toEqual({ value: 1 });
  });

  it("skips records without a time, and keeps a missing value in force", () => {
    expect(find([row(null, 5), row("0001-01-01T00:00:00", 6)], "2026-11-03")).toEqual({ missing: true });
    expect(find([row("2026-11-01", 1), row("2026-11-02", null)], "2026-11-03")).toEqual({ value: null });
  });
});
