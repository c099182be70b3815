import { describe, expect, it } from "vitest";
import { explainUnknownFunction } from "../../../../../src/workbench/page/functions/unknown-function.ts";

const explain = (formula: string) => explainUnknownFunction(formula, ["KAL.QUERY", "KAL.STATUS"]);

describe("why a formula shows #NAME?", () => {
  it("names the function that the add-in does not have, and the nearest that it has", () => {
    expect(explain('=SUM(kal.qeury("site"))')).toMatch(
      /no function KAL\.QEURY\. Did you mean .KAL\.QUERY.\?/,
    );
    expect(explain("=KAL.NOTHING()")).toContain("There are KAL.QUERY, KAL.STATUS.");
  });

  it.each(["=KAL.QUERY()", "=FOO(1)", '="KAL.FOO("&A1', "=NoSuchName", ""])(
    "says nothing of %s",
    (formula) => {
      expect(explain(formula)).toBeUndefined();
    },
  );
});
