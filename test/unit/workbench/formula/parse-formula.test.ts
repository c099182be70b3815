import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { parseFormula } from "../../../../src/workbench/formula/parse-formula.ts";

const parse = (list: string) => parseFormula(`=KAL.QUERY(${list})`).args;

describe("a formula", () => {
  it.each<[string, unknown[]]>([
    ["", []],
    ["  ", []],
    [`"site"`, ["site"]],
    [`"say ""hi"""`, [`say "hi"`]],
    [`""`, [""]],
    [`"a, b); {c}"`, ["a, b); {c}"]],
    ["1, -1.5, +2, .5, 1.5e3, 2E-2", [1, -1.5, 2, 0.5, 1500, 0.02]],
    ["TRUE, false", [true, false]],
    [`"price",,"importCode"`, ["price", null, "importCode"]],
    [",", [null, null]],
    ["1,", [1, null]],
    [
      `{1,2;3,4}`,
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      `{"a" , TRUE ; -1 , ""}`,
      [
        [
          ["a", true],
          [-1, ""],
        ],
      ],
    ],
  ])("reads %s", (list, args) => {
    expect(parse(list)).toEqual(args);
  });

  it("may be written in lower case, with spaces and on several lines", () => {
    expect(parseFormula(` = kal.query( "site" ,\n 5 ) `)).toEqual({
      functionName: "KAL.QUERY",
      args: ["site", 5],
    });
  });

  it.each([
    [`KAL.QUERY("site")`, 1, "starts with =", "=KAL.QUERY"],
    [``, 1, "starts with =", "=KAL.QUERY"],
    [`'=KAL.QUERY("site")'`, 1, "quotation mark", "shell"],
    [`="site"`, 2, "name of a function", "=KAL.QUERY"],
    [`=KAL.QUERY`, 11, "opening parenthesis", "KAL.QUERY(…)"],
    [`=KAL.QUERY("site"`, 18, "not closed", "Put )"],
    [`=KAL.QUERY(1,`, 14, "not closed", "Put )"],
    [`=KAL.QUERY("site)`, 12, "text is not closed", `""`],
    [`=KAL.QUERY("site";1)`, 18, "semicolons", "commas"],
    [`=KAL.QUERY(;1)`, 12, "semicolons", "commas"],
    [`=KAL.QUERY("a" "b")`, 16, "comma is missing", `""`],
    [`=KAL.QUERY(“site”)`, 12, "“ does not start a text", "straight"],
    [`=KAL.QUERY('site')`, 12, "' does not start a text", "straight"],
    [`=KAL.QUERY(A1)`, 12, "A1 is neither", "workbook"],
    [`=KAL.QUERY($A$1:B2)`, 12, "$A$1:B2 is neither", "workbook"],
    [`=KAL.QUERY(site)`, 12, "site is neither", `texts in "…"`],
    [`=KAL.QUERY(1+2)`, 12, "Nothing is calculated", "finished value"],
    [`=KAL.QUERY("a"&"b")`, 15, "Nothing is calculated", "finished value"],
    [`=KAL.QUERY(TODAY())`, 12, "TODAY() cannot be called", "fixed values"],
    [`=KAL.QUERY(1e999)`, 12, "1e999 is too large", "9.99E+307"],
    [`=KAL.QUERY({1,2;3})`, 12, "differ in length", "as many"],
    [`=KAL.QUERY({1,{2}})`, 15, "cannot hold an array", "values only"],
    [`=KAL.QUERY({1,})`, 15, "value at each place", `""`],
    [`=KAL.QUERY({})`, 13, "value at each place", `""`],
    [`=KAL.QUERY({1)`, 12, "array is not closed", "Put }"],
    [`=KAL.QUERY({`, 12, "array is not closed", "Put }"],
    [`=KAL.QUERY()+1`, 13, "behind the closing parenthesis", "Only one"],
    [`=KAL.QUERY("${"a".repeat(9000)}")`, 8193, "8,192", "Shorten"],
  ])("is refused: %.40s", (text, character, message, hint) => {
    const error = (() => {
      try {
        return parseFormula(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(KalError);
    const { code, message: said, hint: advice } = error as KalError;
    expect(code).toBe("KAL_ARGUMENT_INVALID");
    expect(said).toContain(message);
    expect(said).toContain(`(character ${character})`);
    expect(advice).toContain(hint);
  });

  it("brings any literals back as they were written", () => {
    const literal = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    );
    const write = (value: string | number | boolean) =>
      typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : String(value);
    fc.assert(
      fc.property(fc.array(literal, { minLength: 1, maxLength: 8 }), (values) => {
        expect(parse(values.map(write).join(","))).toEqual(values);
        expect(parse(`{${values.map(write).join(";")}}`)).toEqual([values.map((value) => [value])]);
      }),
    );
  });

  it("never fails with anything but a KalError", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        for (const formula of [text, `=KAL.QUERY(${text})`]) {
          try {
            parseFormula(formula);
          } catch (error) {
            expect(error).toBeInstanceOf(KalError);
          }
        }
      }),
    );
  });
});
