import { describe, expect, it } from "vitest";
import { explainError } from "../../../../../src/workbench/page/functions/explain-error.ts";

const known = { addin: ["KAL.QUERY", "KAL.STATUS"], grid: ["SUM", "LET", "LAMBDA", "MY.OWN"] };
const explain = (formula: string) => explainError("#NAME?", formula, known);

describe("why a formula shows #NAME?", () => {
  it("names the function that the add-in does not have, and the nearest that it has", () => {
    expect(explain('=SUM(kal.qeury("site"))')).toMatch(
      /no function KAL\.QEURY\. Did you mean .KAL\.QUERY.\?/,
    );
    expect(explain("=KAL.NOTHING()")).toContain("There are KAL.QUERY, KAL.STATUS.");
  });

  it("says that a text stands in quotation marks", () => {
    expect(explain("=KAL.QUERY(site)")).toContain('quotation marks: "site"');
    expect(explain('=KAL.QUERY("site", ,name)')).toContain('"name"');
  });

  it("says that a name begins with the add-in's", () => {
    expect(explain('=query("site")')).toContain("Write KAL.QUERY");
  });

  it.each([
    ["=GROUPBY(A1:A9,B1:B9,SUM)", "does not have Excel’s GROUPBY. Here KAL.SUMMARY groups Kalibrate data"],
    ["=SUM(PIVOTBY(A1:A9,B1:B9,C1:C9,SUM))", "does not have Excel’s PIVOTBY. Here KAL.SUMMARY"],
    ["=percentof(A1,A2)", "Excel’s PERCENTOF. Here divide two sums."],
    ["=FILTERXML(A1,A2)", "does not have Excel’s FILTERXML."],
    ["=SUMM(A1)", "has no function SUMM. Did you mean “SUM”?"],
    ["=FOO(1)", "The workbench has no function FOO."],
  ])("says of %s what the grid does not have, and what to use instead", (formula, text) => {
    expect(explain(formula)).toContain(text);
  });

  it.each([
    "=KAL.QUERY(TRUE)",
    "=SUM(sales)",
    "=KAL.QUERY()",
    "=LET(foo,LAMBDA(x,x+1),foo(nothing))",
    "=LAMBDA( foo , foo(1))(2)",
    "=my.own(nothing)",
    '="KAL.FOO("&A1',
    "=NoSuchName",
    "",
  ])("says nothing of %s", (formula) => {
    expect(explain(formula)).toBeUndefined();
  });
});

describe("why a formula shows #SPILL!", () => {
  it("says what to do", () => {
    expect(explainError("#SPILL!", '=KAL.QUERY("site")', known)).toContain("Clear them");
  });
});

describe("what Excel would refuse when it is typed", () => {
  it.each([
    ["=KAL.QUERY(“site”)", "#NAME?", "straight quotation marks"],
    ['="abc', "#VALUE!", "no quotation mark at its end"],
    ["=SUM(1;2)", "#NAME?", "commas, not semicolons"],
    ["==1", "#VALUE!", "one equals sign"],
    ["=1+", "#VALUE!", "missing at its end"],
    ["=A1:", "#VALUE!", "missing at its end"],
    ["=(1+2", "#VALUE!", "A parenthesis is missing."],
    ["=SUM(A1))", "#VALUE!", "A parenthesis is too many."],
    ["=SUMM(1;2)", "#NAME?", "commas"],
  ])("%s", (formula, shown, text) => {
    expect(explainError(shown, formula, known)).toContain(text);
  });

  it.each(['=VALUE("a;b(")', "=SUM({1;2})*A1", "='a;b ('!A1+A2", '="a"+1', "=A1*50%"])(
    "but not %s",
    (formula) => {
      expect(explainError("#VALUE!", formula, known)).toBeUndefined();
    },
  );
});
