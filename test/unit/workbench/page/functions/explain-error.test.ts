import { describe, expect, it } from "vitest";
import { explainError } from "../../../../../src/workbench/page/functions/explain-error.ts";

const explain = (formula: string) => explainError("#NAME?", formula, ["KAL.QUERY", "KAL.STATUS"]);

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
    "=KAL.QUERY(TRUE)",
    "=SUM(sales)",
    "=KAL.QUERY()",
    "=FOO(1)",
    '="KAL.FOO("&A1',
    "=NoSuchName",
    "",
  ])("says nothing of %s", (formula) => {
    expect(explain(formula)).toBeUndefined();
  });
});

describe("why a formula shows #SPILL!", () => {
  it("says what to do", () => {
    expect(explainError("#SPILL!", '=KAL.QUERY("site")', ["KAL.QUERY"])).toContain("Clear them");
  });
});
