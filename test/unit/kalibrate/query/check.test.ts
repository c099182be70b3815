import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../../../src/kalibrate/documents/document.ts";
import { violatedClause } from "../../../../src/kalibrate/query/check.ts";
import { operators } from "../../../../src/kalibrate/query/clauses.ts";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";

const violated = (text: string, x: unknown) => {
  const clause = violatedClause(
    parseQuery(text),
    readDocument({ id: { entityVariant: "Own" }, data: { x } })!,
  );
  return clause && formatQuery([clause]);
};

describe("violatedClause", () => {
  it.each([
    ["(entityVariant=Competitor)", 1],
    ["(entityVariant!=Own)", 1],
    ["(x=5)", 6],
    ["(x=5)", "5.01"],
    ["(x!=5)", 5],
    ["(x=true)", false],
    ["(x=true)", 0],
    ["(x=false)", "true"],
    ["(x=1)", false],
    ["(x=1)", 5],
    ["(x!=true)", true],
    ["(x=Own)", "Competitor"],
    ["(x=Own)", ""],
    ["(x@=own)", "Competitor"],
    ["(x=Hauptstrasse)", "Haupstraße"],
    ["(x=Malmö)", "Malm"],
    ["(x>1.4)", 1.39],
    ["(x<1.4)", "1.5000"],
    ["(x>=2026-11-20)", "2026-11-01T10:00:00"],
    ["(x<=2026-11-20)", "2026-11-25"],
    ["(x=2026-11-20)", "2026-11-25T00:00:00Z"],
    ["(x>=2026-11-20T10:00:00Z)", "2026-11-20T09:00:00Z"],
    ["(x>=2026-11-20T10:00:00+01:00)", "2026-11-20T09:30:00+0200"],
    ["(x.y=1)", { y: 2 }],
    ["(x=1000001)", 1_000_002],
    ["(x=100000001)", "100000002"],
    ["(x=90071992547409931)", "90071992547409935"],
    ["(x>100000001)", 100_000_000],
    ["(x<=90071992547409931)", "90071992547409935"],
  ])("%s is clearly violated by %j", (text, value) => expect(violated(text, value)).toBe(text));

  it.each([
    ["(entityVariant=own)", 1],
    ["(entityVariant=Own)", 1],
    ["(x=5)", undefined],
    ["(x!=5)", null],
    ["(x=5)", "5.00"],
    ["(x=1.459)", "1.4590000000000001"],
    ["(x=90071992547409931)", "090071992547409931"],
    ["(x=90071992547409931)", 90_071_992_547_409_940],
    ["(x=1000001)", 1_000_001.4],
    ["(x=1.459)", 1.4590000001],
    ["(x>1.459)", 1.459],
    ["(x=true)", 1],
    ["(x=1)", true],
    ["(x=1)", "true"],
    ["(x=yes)", true],
    ["(x=café)", "CAFE "],
    ["(x!=own)", "Own"],
    ["(x=O*)", "Competitor"],
    ["(x=Hauptstrasse)", "Hauptstraße"],
    ["(x=HAUPTSTRASSE)", "Hauptstraße "],
    ["(x@=strass)", "Hauptstraße"],
    ["(x=Ｏｗｎ)", "own"],
    ["(x=Malmö)", "malmo"],
    ["(x=Malmo\u0308)", "Malmö"],
    ["(x=Odense Sø)", "odense so"],
    ["(x@=so)", "Odense Sø"],
    ["(x=Łódź)", "LODZ"],
    ["(x=Coeur)", "Cœur"],
    ["(x=Mueller)", "Müller"],
    ["(x=MÜLLER)", "mueller"],
    ["(x=Shell Ltd)", "Shell\u00a0 Ltd"],
    ["(x=A-B)", "a–b"],
    ["(x=O'Brien)", "O’Brien"],
    ["(x=IZMIR)", "izmır"],
    ["(x=スタンド)", "すたんど"],
    ["(x=ΟΔΟΣ)", "οδος"],
    ["(x=High Street)", "High\u00a0Street"],
    ["(x=High Street)", "High Street\u200b"],
    ["(x@=7)", 5],
    ["(x=6f9619ff-8b86-d011-b42d-00c04fc964ff)", "6F9619FF-8B86-D011-B42D-00C04FC964FF"],
    ["(x=5)", { entityId: "a" }],
    ["(x=5)", [1, 2]],
    ["(x>5)", "high"],
    ["(x>2026-11-20)", 5],
    ["(x>=2026-11-20)", "2026-11-19T20:00:00"],
    ["(x<=2026-11-20)", "2026-11-20T23:00:00"],
    ["(x=2026-11-20)", "2026-11-20T14:00:00Z"],
    ["(x=2026)", "2026-11-20T14:00:00Z"],
    ["(x.y=1)", "6f9619ff-8b86-d011-b42d-00c04fc964ff"],
    ["(orderBy=x)+(direction=descending)+(limit=5)+(offset=7)", 1],
  ])("%s may have let %j pass", (text, value) => expect(violated(text, value)).toBeUndefined());

  it("names the first clause that is violated", () => {
    expect(violated("(entityVariant=Own)+(x>5)+(x>6)", 4)).toBe("(x>5)");
  });

  it("accepts a match in either part of the document", () => {
    const document = readDocument({ id: { collection: "Price" }, data: { collection: "Winter" } })!;
    expect(violatedClause(parseQuery("(collection=Price)"), document)).toBeUndefined();
    expect(violatedClause(parseQuery("(collection=Winter)"), document)).toBeUndefined();
    expect(violatedClause(parseQuery("(collection=Site)"), document)).toBeDefined();
  });

  it("never rejects a record for its own value", () => {
    const value = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number.toFixed(4)),
      fc
        .date({ noInvalidDate: true, min: new Date("1900-01-01"), max: new Date("2999-01-01") })
        .map((date) => date.toISOString()),
      fc.stringMatching(/^[A-Za-z][\w .é-]{0,10}$/),
    );
    fc.assert(
      fc.property(value, fc.constantFrom("=", "@=", ">=", "<="), (own, operator) => {
        const clause = { property: "x", operator, value: own } as const;
        expect(violatedClause([clause], { id: {}, data: { x: own } })).toBeUndefined();
      }),
    );
  });

  it("accepts any value without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), fc.constantFrom(...operators), (actual, value, operator) => {
        violatedClause([{ property: "x", operator, value }], { id: {}, data: { x: actual } });
      }),
    );
  });
});
