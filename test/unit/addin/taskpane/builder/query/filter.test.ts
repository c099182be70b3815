import { describe, expect, it } from "vitest";
import { createFilter, readFilter } from "../../../../../../src/addin/taskpane/builder/query/filter.ts";
import {
  beginFilter,
  operatorsFor,
  operatorWords,
  valueKindOf,
} from "../../../../../../src/addin/taskpane/builder/query/filter-kinds.ts";
import type { Clause, Operator } from "../../../../../../src/kalibrate/query/clauses.ts";
import { formatQuery } from "../../../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../../../src/kalibrate/query/parse.ts";

const filter = (property: string, operator: Operator, value: string) =>
  createFilter({ property, operator, value });

describe("a filter in the making", () => {
  it.each([
    ["price", "number", "number"],
    ["active", "boolean", "boolean"],
    ["name", "text", "text"],
    ["name", undefined, "text"],
    ["effectiveTime", "datetime", "date"],
    ["effectiveTime", undefined, "date"],
    ["limit", undefined, "number"],
  ] as const)("takes %s (%s) for %s", (property, type, expected) => {
    expect(valueKindOf(property, type)).toBe(expected);
  });

  it("begins with what fits the values", () => {
    const one = filter("", "=", "");
    beginFilter(one, "effectiveTime", "date");
    expect(one).toMatchObject({ property: "effectiveTime", operator: ">=", value: "today-7" });
    beginFilter(one, "active", "boolean");
    expect(one).toMatchObject({ operator: "=", value: "true" });
    beginFilter(one, "name", "text");
    expect(one).toMatchObject({ operator: "=", value: "" });
  });

  it("offers the operators of a kind, and the one that stands there", () => {
    expect(operatorsFor(filter("name", "=", "x"), "text")).toEqual(["=", "!=", "@=", "in", "not in"]);
    expect(operatorsFor(filter("name", ">", "1"), "text").at(-1)).toBe(">");
    expect(operatorsFor(filter("limit", "=", "1"), "number")).toEqual(["="]);
    expect(operatorWords(">=", "date")).toBe("from");
    expect(operatorWords(">=", "number")).toBe("at least");
  });

  it("may be a list", () => {
    expect(readFilter(filter("importCode", "in", "1250; 1251"))).toMatchObject({
      operator: "in",
      values: ["1250", "1251"],
    });
    // Its next value is being typed.
    expect(readFilter(filter("importCode", "in", "1250, "))).toMatchObject({ value: "1250" });
    expect(readFilter(filter("importCode", "in", ", "))).toBeUndefined();
    expect(readFilter(filter("importCode", "in", "1250,,1251"))).toMatchObject({ code: "KAL_QUERY_INVALID" });
  });

  it("is a clause, nothing yet, or a mistake that says what was expected", () => {
    expect(readFilter(filter("price", ">", "1.4"))).toEqual({
      property: "price",
      operator: ">",
      value: "1.4",
    });
    expect(readFilter(filter("price", ">", " "))).toBeUndefined();
    expect(readFilter(filter("", ">", "1"))).toBeUndefined();
    expect(readFilter(filter("price", ">", "much"))).toMatchObject({
      code: "KAL_QUERY_INVALID",
      message: expect.stringContaining("a number such as 1.4") as string,
    });
    expect(readFilter(filter("effectiveTime", ">", "2026-02-30"))).toMatchObject({
      message: expect.stringContaining("a date that exists") as string,
    });
  });

  it.each([
    ["price", ">", "1,4", "“1,4” is not a number such as 1.4 or a date such as 2026-11-20 (write 1.4)."],
    ["direction", "=", "up", "“up” is not “ascending” or “descending”."],
  ] as const)("says what is wrong in words for a value: %s %s %s", (property, operator, value, message) => {
    expect(readFilter(filter(property, operator, value))).toMatchObject({ message, hint: "" });
  });

  it.each(["1.5", "-3", "1e2", "40001"])("counts no days back by %s", (entered) => {
    const one = filter("effectiveTime", ">=", `today-${entered}`);
    one.enteredWay = "daysAgo";
    expect(readFilter(one)).toMatchObject({
      message: expect.stringContaining("whole number of days") as string,
    });
  });

  it("counts days back as far as it says", () => {
    const one = filter("effectiveTime", ">=", "today-40000");
    one.enteredWay = "daysAgo";
    expect(readFilter(one)).toMatchObject({ value: "today-40000" });
  });

  it.each(["a (b)", "x)+(price>1", "x and price>1", "=1", "'"])(
    "takes a value for nothing but a value: %s",
    (value) => {
      const clause = readFilter(filter("name", "=", value)) as Clause;
      expect(clause).toMatchObject({ property: "name", value });
      expect(parseQuery(formatQuery([clause]))).toMatchObject([clause]);
    },
  );

  it("takes values with signs that stand alone", () => {
    expect(readFilter(filter("name", "=", "Salt + Pepper; more"))).toMatchObject({
      value: "Salt + Pepper; more",
    });
  });
});
