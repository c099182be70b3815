import { describe, expect, it } from "vitest";
import {
  readFields,
  readHeaders,
  readLimit,
  readQuery as readQueryAt,
  readRequiredText,
  readText,
} from "../../../../src/addin/functions/arguments.ts";

const empties = [null, undefined, "", 0];

const morning = new Date(2026, 10, 21, 0, 1);
const readQuery = (value: unknown, now = morning) => readQueryAt(value, now);

describe("arguments", () => {
  it.each(empties)("%j stands for nothing", (empty) => {
    expect(readText(empty)).toBeUndefined();
    expect(readQuery(empty)).toBeUndefined();
    expect(readQuery([[empty]])).toBeUndefined();
    expect(readFields([[empty, empty]])).toBeUndefined();
    expect(readLimit(empty)).toBeUndefined();
  });

  it("read text trimmed, whatever its type", () => {
    expect(readText("  price ")).toBe("price");
    expect(readText(12)).toBe("12");
    expect(() => readRequiredText("collection", " ")).toThrow("“collection” is missing");
  });

  it("read a query from one cell or from rows of cells", () => {
    expect(readQuery([["(limit=5)"]])).toBe("(limit=5)");
    expect(readQuery("(limit=5)")).toBe("(limit=5)");
    expect(
      readQuery([
        ["entityVariant", "Own"],
        ["price", null],
      ]),
    ).toBe("(entityVariant=Own)");
    expect(readQuery([["price", null]])).toBeUndefined();
    expect(() => readQuery([["a"], ["b"]])).toThrow("columns for property");
  });

  it("read a query as the vendor writes it, with today as it is when the cell is calculated", () => {
    const evening = new Date(2026, 10, 20, 23, 59);
    expect(readQuery("entityVariant=Own; effectiveTime>=today", evening)).toBe(
      "(entityVariant=Own)+(effectiveTime>=2026-11-20)",
    );
    expect(readQuery("entityVariant=Own; effectiveTime>=today", morning)).toBe(
      "(entityVariant=Own)+(effectiveTime>=2026-11-21)",
    );
    expect(readQuery([["createdOn", ">", "now-2h"]], morning)).toBe("(createdOn>2026-11-20T22:01:00)");
    expect(() => readQuery("(entityVariant=Own")).toThrow("position 19");
  });

  it("read fields from text and ranges, in their order", () => {
    expect(readFields([["name, brand.name"]])).toEqual(["name", "brand.name"]);
    expect(
      readFields([
        ["name", "", 0, null],
        ["a;b\nc", " ", "d", ","],
      ]),
    ).toEqual(["name", "a", "b", "c", "d"]);
    expect(readFields([[","]])).toBeUndefined();
  });

  it.each([
    [null, 1],
    ["", 1],
    [0, 0],
    ["2", 2],
    [false, 0],
    [true, 1],
  ])("headers %j is %i", (given, headers) => expect(readHeaders(given)).toBe(headers));

  it.each([3, -1, 0.5, "yes", NaN])("headers %j is refused", (given) => {
    expect(() => readHeaders(given)).toThrow("“headers” must be 0");
  });

  it.each([-1, 1.5, "many", Infinity, 1e10])("limit %j is refused", (given) => {
    expect(() => readLimit(given)).toThrow("“limit” must be a whole number");
  });

  it("reads a limit from a number or its text", () => {
    expect(readLimit(5)).toBe(5);
    expect(readLimit("50")).toBe(50);
    expect(readLimit("0")).toBeUndefined();
  });
});

it("take a text without visible characters for an empty cell, as the eye does", () => {
  for (const blank of [" ", "\u200b", "\u00ad\n"]) {
    expect([readText(blank), readFields(blank), readLimit(blank)]).toEqual([undefined, undefined, undefined]);
    expect(readQuery(blank)).toBeUndefined();
    expect(() => readRequiredText("collection", blank)).toThrow("is missing");
  }
});
