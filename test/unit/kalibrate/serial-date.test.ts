import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, readIsoDate, serialOf } from "../../../src/kalibrate/serial-date.ts";

const millisecondsPerDay = 86_400_000;
const padded = (number: number, length = 2) => String(number).padStart(length, "0");

/** The days from 1900-03-01 to 9999-12-31 with Excel's serial for each, counted without Date. */
function* calendar(): Generator<{ day: string; serial: number }> {
  let serial = 61;
  for (let year = 1900; year <= 9999; year += 1) {
    const isLeap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
    const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (let month = year === 1900 ? 3 : 1; month <= 12; month += 1) {
      for (let day = 1; day <= lengths[month - 1]!; day += 1) {
        yield { day: `${padded(year, 4)}-${padded(month)}-${padded(day)}`, serial };
        serial += 1;
      }
    }
  }
}

/** Milliseconds within a day, as clock time. */
const clockOf = (milliseconds: number) =>
  [
    `${padded(Math.floor(milliseconds / 3_600_000))}:${padded(Math.floor(milliseconds / 60_000) % 60)}`,
    `${padded(Math.floor(milliseconds / 1000) % 60)}.${padded(milliseconds % 1000, 3)}`,
  ].join(":");

describe("readIsoDate", () => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((number) => padded(number));

  it("reads the usual form as it reads all others", () => {
    const texts = fc.tuple(part(99), part(99), part(13), part(32), part(25), part(61), part(61));
    fc.assert(
      fc.property(texts, fc.constantFrom("", "Z", "z"), ([a, b, ...parts], zone) => {
        const [month, day, hour, minute, second] = parts;
        const written = (separator: string) =>
          `${a}${b}-${month}-${day}${separator}${hour}:${minute}:${second}${zone}`;
        expect(readIsoDate(written("T"))).toEqual(readIsoDate(written("  ")));
      }),
      { numRuns: 2000 },
    );
    expect(readIsoDate("20x6-11-20T08:00:00")).toBeUndefined();
  });
});

describe("serialOf", () => {
  it.each([
    // Excel's own values for these dates.
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
    ["2026-11-02 10:00:00+00", "2026-11-02T10:00:00"],
    ["2026-11-02 10:00:00.0000000 +00:00", "2026-11-02T10:00:00"],
    ["2026-11-02t10:00z", "2026-11-02T10:00:00"],
    ["2026-11-02T10:00:00−01:00", "2026-11-02T10:00:00"],
    ["2026-11-02T10:00:00,25", "2026-11-02T10:00:00"],
    ["2026-11-02T24:00:00", "2026-11-03"],
    ["2026-12-31T24:00:00.000Z", "2027-01-01"],
    ["2026-11-30T23:59:59.9999999", "2026-11-30T23:59:59"],
    ["9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59"],
    ["9999-12-31T23:59:59.9999999999999999999999", "9999-12-31T23:59:59"],
    ["2026-11-30T00:00:00.0000001", "2026-11-30"],
  ])("%s is %s", (written, iso) => expect(isoOf(serialOf(written)!)).toBe(iso));

  it.each([
    "",
    "2026",
    "2026-02-30",
    "1900-02-29",
    "2100-02-29",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-01-01T24:00:00.001",
    "2026-01-01T24:01",
    "2026-01-01T23:60",
    "2026-01-01T23:59:60",
    "2026-01-01T25:00",
    "2026-01-01T",
    "2026-01-01 10",
    "2026-01-01T10:00:00.",
    "2026-01-01T10:00:00+1",
    "0001-01-01T00:00:00",
    "0099-12-31",
    "1899-12-31",
    "1900-02-28",
    "9999-12-31T24:00:00",
    "10000-01-01",
    "1-1-2026",
    "9/9/26",
  ])("%j is no date of Excel's", (text) => expect(serialOf(text)).toBeUndefined());

  it("counts every day as a wall calendar does, and back", () => {
    const wrong: string[] = [];
    let last: { day: string; serial: number } | undefined;
    for (const each of calendar()) {
      last = each;
      // All days up to 2023, then the ends of the months, where errors are likely, and a sample of the others.
      const isLooked =
        each.serial < 45_000 || /-(?:01|2[89]|3[01])$/.test(each.day) || each.serial % 997 === 0;
      if (!isLooked) continue;
      if (serialOf(each.day) !== each.serial || isoOf(each.serial) !== each.day) wrong.push(each.day);
    }
    expect(wrong).toEqual([]);
    expect(last).toEqual({ day: "9999-12-31", serial: 2_958_465 });
  });

  it("keeps day, clock and milliseconds of every form that a server may write, and never rounds", () => {
    const day = fc.integer({ min: 61, max: 2_958_465 });
    const milliseconds = fc.oneof(
      fc.integer({ min: 0, max: millisecondsPerDay - 1 }),
      fc.constantFrom(0, 999, 59_999, millisecondsPerDay - 1),
    );
    const between = fc.constantFrom("T", "t", " ", "  ");
    const point = fc.constantFrom(".", ",");
    const further = fc.oneof(fc.stringMatching(/^\d{0,9}$/), fc.constantFrom("9999", "9999999999999"));
    const zone = fc.constantFrom("", "Z", "z", " Z", "+00", "-0330", "+05:45", " +14:00", "−11:00");
    fc.assert(
      fc.property(
        day,
        milliseconds,
        between,
        point,
        further,
        zone,
        (serial, clock, ...[gap, dot, more, offset]) => {
          const written = `${isoOf(serial)}${gap}${clockOf(clock).replace(".", dot)}${more}${offset}`;
          const read = serialOf(written)!;
          expect(Math.floor(read)).toBe(serial);
          expect(Math.round((read - serial) * millisecondsPerDay)).toBe(clock);
          const expected = clock < 1000 ? "" : `T${clockOf(clock).slice(0, 8)}`;
          expect(isoOf(read)).toBe(`${isoOf(serial)}${expected}`);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("readIsoDate", () => {
  it.each([
    ["0001-01-01T00:00:00", { year: 1, month: 1, day: 1, clock: 0, offset: undefined }],
    ["2024-02-29", { year: 2024, month: 2, day: 29, clock: undefined, offset: undefined }],
    ["1850-06-01 23:59:59.9999999-03:30", { year: 1850, month: 6, day: 1, clock: 86_399_999, offset: -210 }],
    ["2026-11-02T24:00Z", { year: 2026, month: 11, day: 2, clock: 86_400_000, offset: 0 }],
    ["2026-11-02T10:00:00+0545", { year: 2026, month: 11, day: 2, clock: 36_000_000, offset: 345 }],
  ])("reads %s", (text, date) => expect(readIsoDate(text)).toEqual(date));

  it("takes any text, in time that grows with its length only", () => {
    const hostile = `2026-11-02${" ".repeat(200_000)}x`;
    expect(readIsoDate(hostile)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void readIsoDate(text)));
  });
});

describe("isoOf", () => {
  it("writes the time only for a fraction of a day, and cuts off parts of a second", () => {
    expect(isoOf(46347)).toBe("2026-11-21");
    expect(isoOf(46347.25)).toBe("2026-11-21T06:00:00");
    expect(isoOf(46347 + 1 / 24 + 1 / 24 + 4 / 24)).toBe("2026-11-21T06:00:00");
    expect(isoOf(46347.2500057)).toBe("2026-11-21T06:00:00");
    expect(isoOf(46356.99999998843)).toBe("2026-11-30T23:59:59");
    expect(isoOf(2958465.999999)).toBe("9999-12-31T23:59:59");
    expect(isoOf(2958465.999999999)).toBe("9999-12-31T23:59:59");
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
