import { describe, expect, it } from "vitest";
import type { Query } from "../../../../src/kalibrate/query/clauses.ts";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { queryFromRange } from "../../../../src/kalibrate/query/from-range.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";
import { resolveRelativeDates } from "../../../../src/kalibrate/query/relative-dates.ts";

const valuesOf = (query: Query) => query.map(({ operator, value, values }) => [operator, values ?? value]);
const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
};

describe("a list in text", () => {
  it.each<[string, unknown[]]>([
    ["(importCode in 1250, 1251)", [["in", ["1250", "1251"]]]],
    ["(importCode in 1250,1251)", [["in", ["1250", "1251"]]]],
    ["(importCode NOT  IN 1250; 1251)", [["not in", ["1250", "1251"]]]],
    [
      "(name in 'Diesel (B7)', Unleaded, \"a, b\", ’s-Hertogenbosch)",
      [["in", ["Diesel (B7)", "Unleaded", "a, b", "’s-Hertogenbosch"]]],
    ],
    ["(name in 'It''s', Salt + Pepper)", [["in", ["It's", "Salt + Pepper"]]]],
    ["(importCode in 1250, 1250, 1251)", [["in", ["1250", "1251"]]]],
    [
      "importCode in 1250; 1251; entityVariant=Own",
      [
        ["in", ["1250", "1251"]],
        ["=", "Own"],
      ],
    ],
    [
      "entityVariant=Own + importCode in 1250, 1251",
      [
        ["=", "Own"],
        ["in", ["1250", "1251"]],
      ],
    ],
    [
      "entityVariant=Own and importCode in 1250\nname=x",
      [
        ["=", "Own"],
        ["in", ["1250"]],
        ["=", "x"],
      ],
    ],
    ["(name=Salt + Pepper in oil)", [["=", "Salt + Pepper in oil"]]],
    ["name=Diesel sold in bulk", [["=", "Diesel sold in bulk"]]],
    [
      "(in=5)+(inside=2)",
      [
        ["=", "5"],
        ["=", "2"],
      ],
    ],
  ])("%s", (text, expected) => {
    const query = parseQuery(text);
    expect(valuesOf(query)).toEqual(expected);
    expect(valuesOf(parseQuery(formatQuery(query)))).toEqual(expected);
  });

  it.each([
    ["(importCode in )", "position 16: expected a list of values"],
    ["(importCode in ,)", "position 16: expected a list of values"],
    ["(importCode in 1250,)", "position 21: expected a value"],
    ["(importCode in 1250,,1251)", "position 21: expected a value"],
    ["(importCode in (1250, 1251))", "a parenthesis inside a clause"],
    ["(limit in 5, 6)", "expected “=” after “limit”"],
    ['(importCode in "a" b)', "expected a comma after the quotation mark"],
    ['(importCode in "a)', "expected a closing quotation mark"],
    ["(importCode in 1250 name=5)", "expected “+” before the next clause"],
  ])("%s is refused", (text, words) => expect(refusal(() => parseQuery(text))).toContain(words));

  it("keeps the dates of the day in it", () => {
    const query = resolveRelativeDates(
      parseQuery("(effectiveTime in today, 2026-11-20)"),
      new Date(2026, 10, 30),
    );
    expect(valuesOf(query)).toEqual([["in", ["2026-11-30", "2026-11-20"]]]);
  });

  it("holds ten thousand codes", () => {
    const codes = Array.from({ length: 10_000 }, (_, at) => String(10_000 + at));
    const [clause] = parseQuery(formatQuery(parseQuery(`(importCode in ${codes.join(", ")})`)));
    expect(clause?.values).toEqual(codes);
  });
});

describe("a list in cells", () => {
  it("stands in the third and further columns, and goes on below", () => {
    const query = queryFromRange([
      ["entityVariant", "=", "Own", null, null],
      ["importCode", "In", 1250, "", "A, (b)"],
      ["", "", 1251, 0, 1250],
      [0, null, 1252, null, null],
      ["name", "not in", "x", null, null],
      [null, null, null, null, null],
    ]);
    expect(valuesOf(query)).toEqual([
      ["=", "Own"],
      ["in", ["1250", "A, (b)", "1251", "1252"]],
      ["not in", ["x"]],
    ]);
    expect(valuesOf(parseQuery(formatQuery(query)))).toEqual(valuesOf(query));
  });

  it.each<[string, unknown[][], string]>([
    [
      "no value at all",
      [
        ["importCode", "in", 0],
        ["", "", ""],
      ],
      "row 1: the list for “importCode” is empty",
    ],
    [
      "several values of another operator",
      [["price", ">", 1, 2]],
      "only “in” and “not in” take several values",
    ],
    [
      "a code that has lost digits",
      [
        ["a", "=", "b"],
        ["importCode", "in", 1, 123456789012345680],
      ],
      "row 2",
    ],
    ["a control word", [["limit", "in", 5]], "expected “=” after “limit”"],
  ])("%s is refused", (_, cells, words) => expect(refusal(() => queryFromRange(cells))).toContain(words));
});
