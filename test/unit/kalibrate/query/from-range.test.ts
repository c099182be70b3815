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

  it("keeps numbers, because only the property's type shows whether they are dates", () => {
    expect(
      text([
        ["effectiveTime", ">=", 46347],
        ["createdOn", "<", 46347.5],
        ["price", ">", 46347],
      ]),
    ).toBe("(effectiveTime>=46347)+(createdOn<46347.5)+(price>46347)");
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

  it("filters by 0 written as text, and refuses the number 0, which may be an empty cell", () => {
    expect(text([["volume", "0"]])).toBe("(volume=0)");
    expect(() => text([["volume", ">", 0]])).toThrow("row 1: the value of “volume” is 0 or an empty cell");
  });

  it("reads names and values unchanged, whatever signs they contain", () => {
    expect(
      text([
        ["'Net Price'", ">", 1],
        // Excel drops a quote at the beginning of typed text.
        ["Net Price'", ">", 1],
        ["größe", "=", "5"],
        ["name", "=", "Diesel (B7)"],
        ["name", "=", '"High Street"'],
        ["name", "=", "Own and limit=5"],
        ["orderBy", "=", "'Net Price'"],
      ]),
    ).toBe(
      "('Net Price'>1)+('Net Price'>1)+(größe=5)+(name='Diesel (B7)')+(name=High Street)+(name='Own and limit=5')+(orderBy='Net Price')",
    );
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

  it.each([
    ["loyaltyId", "=", 90071992547409900],
    ["loyaltyId", "", -1e15],
    ["loyaltyId", "<>", 1e15],
    ["loyaltyId", "@=", 1e21],
    ["'loyalty id'", "=", "9.00719925474099E+16"],
    ["loyaltyId", "=", "9,00719925474099E+16"],
    ["loyaltyId", "!=", "1E+15"],
  ])("refuses %s %s %s: Excel has replaced digits by zeros", (...row) => {
    expect(() => queryFromRange([row])).toThrow(/^Query, row 1: .*Excel keeps (only )?15 digits/);
  });

  it.each(["=", ">"])("accepts 15 digits with %s, and more with < and >", (operator) => {
    expect(text([["loyaltyId", operator, 999_999_999_999_999]])).toBe(
      `(loyaltyId${operator}999999999999999)`,
    );
    expect(text([["volume", ">=", 1e15]])).toBe("(volume>=1000000000000000)");
    expect(text([["code", "=", "12E+2"]])).toBe("(code=12E+2)");
  });

  it.each([" ", "\u00a0\u200b", "\ufeff"])("skips a row whose value is %j: it is invisible", (seen) => {
    expect(text([["name", "=", seen], ["town", "x"]])).toBe("(town=x)"); // prettier-ignore
  });

  it("names the row with an impossible value", () => {
    expect(() =>
      queryFromRange([
        ["a", "=", 1],
        ["effectiveTime", ">", "20/11/2026"],
      ]),
    ).toThrow(
      "Query, row 2: expected a date such as 2026-11-20, or today, today-7, now-12h (write 2026-11-20)",
    );
    expect(() => queryFromRange([["Net Price", 5]])).toThrow(
      "row 1: “Net Price” is not the name of a property.",
    );
    expect(() =>
      queryFromRange([
        ["limit", 5],
        ["limit", 6],
      ]),
    ).toThrow("row 2: there is already a “limit”");
    expect(() => queryFromRange([["name", { a: 1 }]])).toThrow("row 1: a cell holds something");
  });

  it("names the row that it cannot read", () => {
    expect(() => queryFromRange([["name", '" "']])).toThrow("row 1: “name” has no value between");
    expect(() =>
      queryFromRange([
        ["a", "=", 1],
        ["b", "like", 2],
      ]),
    ).toThrow("row 2: “like” is not an operator");
    expect(() => queryFromRange([["a"], ["b"]])).toThrow("row 1");
    expect(() => queryFromRange([["a", "=", 1, 2]])).toThrow("only “in” and “not in” take several values");
  });
});
