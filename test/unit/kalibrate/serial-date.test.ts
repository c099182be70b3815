import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, serialOf } from "../../../src/kalibrate/serial-date.ts";

describe("serialOf", () => {
  it.each([
    // Excel's own figures for these dates.
    ["1900-03-01", 61],
    ["2000-01-01", 36526],
    ["2026-11-21", 46347],
    ["2026-11-21T12:00:00", 46347.5],
    ["9999-12-31", 2958465],
  ])("%s is %d", (iso, serial) => expect(serialOf(iso)).toBe(serial));

  it("shows the clock time as written, whatever the zone", () => {
    const plain = serialOf("2026-06-01T06:30:00");
    expect(serialOf("2026-06-01T06:30:00Z")).toBe(plain);
    expect(serialOf("2026-06-01T06:30:00+05:30")).toBe(plain);
    expect(serialOf("2026-06-01T06:30:00.0000000-0800")).toBe(plain);
  });

  it.each([
    "",
    "2026",
    "2026-02-30",
    "2026-13-01",
    "2026-01-01T24:00",
    "1899-12-31",
    "1900-02-28",
    "1-1-2026",
    "9/9/26",
  ])("%j is no date of Excel's", (text) => expect(serialOf(text)).toBeUndefined());
});

describe("isoOf", () => {
  it("writes the time only for a fraction of a day", () => {
    expect(isoOf(46347)).toBe("2026-11-21");
    expect(isoOf(46347.25)).toBe("2026-11-21T06:00:00");
    expect(isoOf(2958465.999999)).toBe("9999-12-31T23:59:59");
  });

  it.each([60, 0, -1, 2958466, NaN, Infinity])("%d is outside Excel's days", (serial) => {
    expect(isoOf(serial)).toBeUndefined();
  });

  it("is undone by serialOf to the second", () => {
    const seconds = fc.integer({ min: 61 * 86_400, max: 2_958_465 * 86_400 });
    fc.assert(
      fc.property(seconds, (second) => {
        const iso = isoOf(second / 86_400) ?? "";
        expect(Math.round((serialOf(iso) ?? 0) * 86_400)).toBe(second);
      }),
    );
  });
});
