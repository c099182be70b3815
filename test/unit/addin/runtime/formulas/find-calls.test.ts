import { describe, expect, it } from "vitest";
import { findCalls } from "../../../../../src/addin/runtime/formulas/find-calls.ts";

const calls = (formula: string) =>
  findCalls(formula).map(({ name, args }) => [
    name,
    ...args.map(({ start, end }) => formula.slice(start, end)),
  ]);

describe("the calls in a formula", () => {
  it.each([
    ["=F()", [["F"]]],
    ["=F( )", [["F"]]],
    ["=F(,)", [["F", "", ""]]],
    ['=F("a,b)",1)', [["F", '"a,b)"', "1"]]],
    ['=F("say ""(,"" now",A1)', [["F", '"say ""(,"" now"', "A1"]]],
    ["=F('it''s, (a) sheet'!A1:B2,2)", [["F", "'it''s, (a) sheet'!A1:B2", "2"]]],
    ["=F({1,2;3,4},(A1,B1))", [["F", "{1,2;3,4}", "(A1,B1)"]]],
    ["=F(Table1[[#All],[a,b)]],1)", [["F", "Table1[[#All],[a,b)]]", "1"]]],
    ["=F(Table1[it''s '[a'], b],1)", [["F", "Table1[it''s '[a'], b]", "1"]]],
    ["=F([Book (1).xlsx]Sheet1!A1,1)", [["F", "[Book (1).xlsx]Sheet1!A1", "1"]]],
    ["=1E5+F(1E5)", [["F", "1E5"]]],
    [
      '=IFERROR(KAL.QUERY("price",A1&","&B1),"(none)")',
      [
        ["IFERROR", 'KAL.QUERY("price",A1&","&B1)', '"(none)"'],
        ["KAL.QUERY", '"price"', 'A1&","&B1'],
      ],
    ],
    [
      "=LET(x,F(1),\n  G(x, 2))",
      [
        ["LET", "x", "F(1)", "\n  G(x, 2)"],
        ["F", "1"],
        ["G", "x", " 2"],
      ],
    ],
    ["=@F(A1#)+A2%", [["F", "A1#"]]],
    ["text with F(1)", []],
    ["=F(1", []],
    ['=F("not closed)', []],
    ["=)(,", []],
    ["", []],
  ])("%s", (formula, expected) => {
    expect(calls(formula)).toEqual(expected);
  });

  it("knows where each begins and ends", () => {
    const formula = "=1+F(2)+3";
    const [call] = findCalls(formula);
    expect(formula.slice(call?.start, call?.end)).toBe("F(2)");
  });
});
