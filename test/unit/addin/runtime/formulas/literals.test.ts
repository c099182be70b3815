import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLiteral, writeText } from "../../../../../src/addin/runtime/formulas/literals.ts";

describe("values in a formula", () => {
  it.each([
    ['"a"', "a"],
    [' "a ""b""" ', 'a "b"'],
    ['"a" & "b"&""', "ab"],
    ['""', ""],
    ["12", 12],
    ["-1.5", -1.5],
    ["+.5", 0.5],
    ["1E3", 1000],
    ["TRUE", true],
    ["false", false],
    ["", undefined],
    ["A1", undefined],
    ['"a"&A1', undefined],
    ['A1&"a"', undefined],
    ['"a"&', undefined],
    ['"a""', undefined],
    ["1+1", undefined],
    ["1E999", undefined],
    ["{1,2}", undefined],
    ["5%", undefined],
  ])("%s", (written, expected) => {
    expect(readLiteral(written)).toBe(expected);
  });

  it("reads every text that it writes, in pieces that Excel takes", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 2000, size: "max" });
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^["&, a]*$/)), (value) => {
        const written = writeText(value);
        expect(readLiteral(written)).toBe(value);
        for (const [, inside = ""] of written.matchAll(/"((?:[^"]|"")*)"/g)) {
          expect(inside.length).toBeLessThanOrEqual(255);
        }
      }),
    );
  });

  it("cuts no character in two", () => {
    const written = writeText("😀".repeat(200));
    expect(written.split("&").every((piece) => !/[\ud800-\udbff]"$/.test(piece))).toBe(true);
  });
});
