import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operators } from "../../../../src/kalibrate/query/clauses.ts";
import { readTypedValue } from "../../../../src/kalibrate/query/typed-value.ts";
import { readIsoDate } from "../../../../src/kalibrate/serial-date.ts";
import type { ColumnType } from "../../../../src/kalibrate/table.ts";

const read = (type: ColumnType | undefined, value: string, operator: (typeof operators)[number] = "=") =>
  readTypedValue({ operator, value }, type);

describe("the value of a filter by its property's type", () => {
  it.each([
    ["number", "90", "90"],
    ["number", "46347", "46347"],
    ["number", "+1.40", "1.40"],
    ["number", "−5", "-5"],
    ["number", "1E-07", "0.0000001"],
    ["number", "1.5e+3", "1500"],
    ["number", "90071992547409935", "90071992547409935"],
    ["number", "9007199254740993e1", "90071992547409930"],
    ["number", "-.5", "-0.5"],
    ["date", "46347", "2026-11-21"],
    ["datetime", "46347.5", "2026-11-21T12:00:00"],
    ["datetime", "2026-11-20 16:00", "2026-11-20T16:00:00"],
    ["datetime", "2026-11-20  16:00:30", "2026-11-20T16:00:30"],
    ["datetime", "2026-11-20T16:00:00.000+01:00", "2026-11-20T16:00:00.000+01:00"],
    ["date", "1899-01-01", "1899-01-01"],
    ["datetime", "2026-11-02 10:00:00,5 +00", "2026-11-02T10:00:00.5+00:00"],
    ["boolean", "WAHR", "true"],
    ["boolean", "falsch", "false"],
    ["boolean", "Vrai", "true"],
    ["boolean", "ЛОЖЬ", "false"],
    ["boolean", "EPÄTOSI", "false"],
    ["boolean", "EPA\u0308TOSI", "false"],
    ["boolean", "yanlış", "false"],
    ["boolean", "TRUE", "true"],
    ["boolean", "1", "1"],
    ["text", "WAHR", "WAHR"],
    ["text", "46347", "46347"],
    ["text", "1,579", "1,579"],
    ["text", "TRUE", "TRUE"],
    [undefined, "WAHR", "WAHR"],
    [undefined, "46347", "46347"],
    [undefined, "30/11/2026", "30/11/2026"],
    [undefined, "2026-11-20 16:00+00", "2026-11-20T16:00:00+00:00"],
  ] as const)("%s: %s is sent as %s", (type, value, sent) => {
    expect(read(type, value)).toEqual({ value: sent });
  });

  it.each([
    ["number", "1,579", "a number such as 1.4 (write 1.579 or 1579)"],
    ["number", "0,579", "(write 0.579)"],
    ["number", "1,45", "(write 1.45)"],
    ["number", "1.234,5", "(write 1234.5)"],
    ["number", "1,234,567.8", "(write 1234567.8)"],
    ["number", "1 234", "(write 1234)"],
    ["number", "1’234.50", "(write 1234.50)"],
    ["number", "2026-11-20", "a number such as 1.4"],
    ["number", "TRUE", "a number such as 1.4"],
    ["number", "constructor", "a number such as 1.4"],
    ["number", "Infinity", "a number such as 1.4"],
    ["number", "0x10", "a number such as 1.4"],
    ["number", "1E400", "a number such as 1.4"],
    ["date", "30/11/2026", "(write 2026-11-30)"],
    ["date", "30.11.26", "(write 2026-11-30)"],
    ["date", "11/30/2026 4:05", "(write 2026-11-30T04:05)"],
    ["date", "05/11/2026", "(write 2026-11-05 or 2026-05-11)"],
    ["date", "2026/1/5", "(write 2026-01-05)"],
    ["date", "20261130", "(write 2026-11-30)"],
    ["date", "31/11/2026", "a date such as 2026-11-20, or today"],
    ["date", "2026-11-31", "a date that exists"],
    ["date", "2026-11", "a date such as 2026-11-20"],
    ["date", "2026", "2026-01-01"],
    ["date", "-3", "a date such as"],
    ["date", "today", "a comparison such as “>=” before “today”"],
    ["boolean", "yes", "TRUE or FALSE"],
    ["boolean", "2", "TRUE or FALSE"],
    ["boolean", "toString", "TRUE or FALSE"],
  ] as const)("%s: %s is refused: %s", (type, value, expected) => {
    expect(read(type, value)).toMatchObject({ expected: expect.stringContaining(expected) as string });
  });

  it.each(["2026-11-20", "30/11/2026"])("is no date where a number belongs: %s", (value) => {
    expect(read("number", value)).toEqual({ expected: "a number such as 1.4" });
  });

  it("is not compared by size if it is TRUE or FALSE", () => {
    expect(read("boolean", "1", ">")).toMatchObject({ expected: expect.stringContaining("“=”") as string });
  });

  it("may be anything for “contains”", () => {
    expect(read("date", "2026-11", "@=")).toEqual({ value: "2026-11" });
  });

  it("is never of another type once it is read", () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.double().map(String),
      fc.integer().map(String),
      fc
        .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
        .map((d) => d.toISOString()),
      fc.constantFrom(
        "WAHR",
        "1,5",
        "1.5",
        "today",
        "30/11/2026",
        "1E5",
        "-0",
        "00",
        ".5",
        "5.",
        ...Object.getOwnPropertyNames(Object.prototype),
      ),
    );
    const isDate = (sent: string) => /^\S+$/.test(sent) && readIsoDate(sent) !== undefined;
    const forms = {
      number: (sent: string) => /^-?(?:\d+\.?\d*|\.\d+)$/.test(sent),
      boolean: (sent: string) => /^(?:true|false|0|1)$/.test(sent),
      date: isDate,
      datetime: isDate,
    };
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(...operators),
        fc.constantFrom("number", "boolean", "date", "datetime"),
        (written, operator, type) => {
          const reading = read(type, written, operator);
          if ("value" in reading && operator !== "@=") expect(forms[type](reading.value)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("is unchanged when read again", () => {
    const types = fc.constantFrom("number", "boolean", "date", "text", undefined);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), types, (written, type) => {
        const once = read(type, written);
        if ("value" in once) expect(read(type, once.value)).toEqual(once);
      }),
    );
  });
});
