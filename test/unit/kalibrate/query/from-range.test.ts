import { describe, expect, it } from "vitest";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { queryFromRange } from "../../../../src/kalibrate/query/from-range.ts";

const text = (rows: unknown[][]) => formatQuery(queryFromRange(rows));

describe("queryFromRange", () => {
  it("reads two columns as property and value", () => {
    expect(
      text([
        ["entityVariant", "Own"],
        ["limit", 5],
      ]),
    ).toBe("(entityVariant=Own)+(limit=5)");
  });

  it("reads three columns, with <> for !=", () => {
    expect(
      text([
        ["price", ">", 1.4],
        ["name", "<>", "High Street"],
        ["active", "", true],
      ]),
    ).toBe("(price>1.4)+(name!=High Street)+(active=true)");
  });

  it("writes dates by the property's type, numbers as numbers", () => {
    expect(
      text([
        ["effectiveTime", ">=", 46347],
        ["createdOn", "<", 46347.5],
        ["price", ">", 46347],
      ]),
    ).toBe("(effectiveTime>=2026-11-21)+(createdOn<2026-11-21T12:00:00)+(price>46347)");
  });

  it.each([null, "", undefined])("a row whose value is %j filters nothing", (empty) => {
    expect(
      text([
        ["entityVariant", "Own"],
        ["brand", empty],
        [empty, "x"],
      ]),
    ).toBe("(entityVariant=Own)");
  });

  it("filters by 0 where that is written as text, and refuses the number, which may be an empty cell", () => {
    expect(text([["volume", "0"]])).toBe("(volume=0)");
    expect(() => text([["volume", ">", 0]])).toThrow("row 1: the value of “volume” is 0 or an empty cell");
  });

  it("takes no number for a date because of how its property ends", () => {
    expect(
      text([
        ["region", 1234],
        ["version", 100],
        ["exportedTime", 46347],
      ]),
    ).toBe("(region=1234)+(version=100)+(exportedTime=2026-11-21)");
  });

  it("writes numbers as Excel shows them, never with an exponent", () => {
    expect(
      text([
        ["price", ">", 0.1 + 0.2],
        ["volume", "<", 1e21],
        ["price", ">=", 1e-7],
      ]),
    ).toBe("(price>0.3)+(volume<1000000000000000000000)+(price>=0.0000001)");
  });

  it("names the row whose value cannot be", () => {
    expect(() =>
      queryFromRange([
        ["a", "=", 1],
        ["effectiveTime", ">", "20/11/2026"],
      ]),
    ).toThrow("Query, row 2: expected a date such as 2026-11-20");
    expect(() => queryFromRange([["name", "Own and limit=5"]])).toThrow("row 1: more than one condition");
    expect(() =>
      queryFromRange([
        ["limit", 5],
        ["limit", 6],
      ]),
    ).toThrow("row 2: there is a “limit” already");
    expect(() => queryFromRange([["name", { a: 1 }]])).toThrow("row 1: a cell holds something");
  });

  it("names the row that it cannot read", () => {
    expect(() =>
      queryFromRange([
        ["a", "=", 1],
        ["b", "like", 2],
      ]),
    ).toThrow("row 2: “like” is no operator");
    expect(() => queryFromRange([["a"], ["b"]])).toThrow("row 1");
    expect(() => queryFromRange([["a", "=", 1, 2]])).toThrow("two or three columns");
  });
});
