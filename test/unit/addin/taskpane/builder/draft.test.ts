import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  callOf,
  collectionPath,
  createDraft,
  emptyCall,
  loadCall,
  typeQuery,
  variantQuery,
  writeQuery,
} from "../../../../../src/addin/taskpane/builder/draft.ts";
import type { Arguments, Call } from "../../../../../src/addin/taskpane/builder/formula/kal-call.ts";
import type { FunctionName } from "../../../../../src/addin/taskpane/builder/formula/functions.ts";
import { createFilter } from "../../../../../src/addin/taskpane/builder/query/filter.ts";
import { type Clause, operators } from "../../../../../src/kalibrate/query/clauses.ts";
import { formatQuery } from "../../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../../src/kalibrate/query/parse.ts";

const draftOf = (args: Arguments, name: FunctionName = "QUERY") => {
  const draft = createDraft();
  loadCall(draft, { name, args: { ...emptyCall.args, ...args } });
  return draft;
};

const withQuery = (query: string, collection = "price") =>
  draftOf({ collection: { value: collection }, query: { value: query } });

const clause = fc.oneof(
  fc.record({
    property: fc.constantFrom("name", "source", "entityVariant", "status.exported"),
    operator: fc.constantFrom("=", "!=", "@="),
    value: fc.constantFrom("Own", "a b", "Stoke; North", "Salt + Pepper", "true"),
  }),
  fc.record({
    property: fc.constantFrom("price", "effectiveTime"),
    operator: fc.constantFrom(...operators.filter((operator) => operator !== "@=")),
    value: fc.constantFrom("today-7", "2026-11-20", "now-12h"),
  }),
);
const controls = fc.record(
  {
    orderBy: fc.constantFrom("price", "createdOn"),
    direction: fc.constantFrom("ascending", "descending"),
    limit: fc.nat(1000).map(String),
    offset: fc.nat(1000).map(String),
  },
  { requiredKeys: [] },
);
const query = fc
  .tuple(fc.array(clause, { maxLength: 5 }), controls)
  .map(([clauses, words]): Clause[] => [
    ...(clauses as Clause[]),
    ...Object.entries(words).map(([property, value]): Clause => ({ property, operator: "=", value })),
  ]);

const sorted = (text: string) =>
  parseQuery(text)
    .map(({ property, operator, value }) => `${property}${operator}${value}`)
    .sort();

describe("what is being built", () => {
  it("loses nothing of a call", () => {
    const collection = fc.constantFrom("price", "sandpit:price", "reference/Brand", "x:reference", "other");
    const call = fc.record({
      collection: fc.oneof(
        collection.map((value) => ({ value })),
        fc.constant({ expression: "A1" }),
      ),
      query: fc.oneof(
        query.map((clauses) => ({ value: formatQuery(clauses) })),
        fc.constantFrom({ value: "cannot ( be read" }, { expression: "A1:C3" }),
      ),
      fields: fc.constantFrom({ value: [] }, { value: ["a", "b.c"] }, { expression: "A1:A3" }),
      headers: fc.constantFrom({ value: 0 as const }, { value: 2 as const }, { expression: "A1" }),
      limit: fc.constantFrom({ value: 0 }, { value: 7 }, { expression: "A1" }),
    });
    fc.assert(
      fc.property(call, (args) => {
        expect(callOf(draftOf(args))).toEqual({ name: "QUERY", args });
      }),
    );
  });

  it("loses nothing of a summary", () => {
    const terms = fc.oneof(
      fc
        .array(fc.constantFrom("count", "site.brand.name", "day(effectiveTime)", "timeavg( price )"))
        .map((value) => ({ value })),
      fc.constant({ expression: "A1:A3" }),
    );
    fc.assert(
      fc.property(terms, terms, (by, measures) => {
        const { args } = callOf(draftOf({ collection: { value: "price" }, by, measures }, "SUMMARY"));
        expect(args).toMatchObject({ by, measures });
      }),
    );
  });

  it("loses nothing of a lookup or a market", () => {
    const list = fc.constantFrom(
      { value: [] },
      { value: ["1001"] },
      { value: ["a", "b, 'c'"] },
      { expression: "$A2" },
    );
    const moment = fc.constantFrom(
      { value: "" },
      { value: "now" },
      { value: "today-7" },
      { expression: "B$1" },
    );
    fc.assert(
      fc.property(list, list, moment, (first, second, at) => {
        const market = callOf(draftOf({ site: first, product: second, moment: at }, "MARKET"));
        expect(market.args).toMatchObject({ site: first, product: second, moment: at });
        const draft = createDraft();
        const isAsOf = !("value" in at && at.value === "");
        const args = {
          collection: { value: "price" },
          query: { value: "(source=Feed)" },
          fields: { value: ["price"] },
          keys: { value: ["site.importCode", "product.name"] },
          ...(isAsOf && { moment: at }),
        };
        const call: Call = { name: isAsOf ? "ASOF" : "LOOKUP", args, values: [first, second] };
        loadCall(draft, call);
        expect(callOf(draft)).toEqual(call);
      }),
    );
  });

  it("loses nothing of a query between its text and its rows", () => {
    fc.assert(
      fc.property(query, fc.constantFrom("price", "reference/Brand"), (clauses, collection) => {
        const text = formatQuery(clauses);
        const draft = withQuery(text, collection);
        writeQuery(draft);
        expect(sorted(draft.queryText)).toEqual(sorted(text));
        const again = withQuery(draft.queryText, collection);
        writeQuery(again);
        expect(again.queryText).toBe(draft.queryText);
      }),
    );
  });

  it("takes the variant out of the query, and the type out of the collection", () => {
    const price = withQuery("(price>1)+(ENTITYVARIANT=competitor)");
    expect(price.kind).toBe("Competitor");
    expect(variantQuery(price)).toBe("(entityVariant=Competitor)");
    expect(collectionPath(price)).toBe("price");
    expect(price.filters).toMatchObject([{ property: "price", operator: ">", value: "1" }]);
    const brand = withQuery("", "sandpit:reference/Brand");
    expect(brand).toMatchObject({ connection: "sandpit", collection: "reference", kind: "Brand" });
    expect(collectionPath(brand)).toBe("reference/Brand");
    expect(variantQuery(brand)).toBeUndefined();
  });

  it("keeps the text as it is typed, and the last rows while it cannot be read", () => {
    const draft = withQuery("(price>1)");
    typeQuery(draft, "price>1 and source=");
    expect(draft.queryText).toBe("price>1 and source=");
    expect(draft.queryProblem?.message).toContain("position 20");
    expect(draft.filters).toHaveLength(1);
    typeQuery(draft, "price>1 and source=Manual");
    expect(draft.queryProblem).toBeUndefined();
    expect(draft.queryText).toBe("price>1 and source=Manual");
    expect(draft.filters.map(({ property }) => property)).toEqual(["price", "source"]);
  });

  it("keeps rows that are no clause yet while the text is typed", () => {
    const draft = withQuery("(price>1)");
    const empty = createFilter({ property: "source", operator: "=", value: "" });
    const wrong = createFilter({ property: "price", operator: ">", value: "much" });
    draft.filters = [...draft.filters, empty, wrong];
    writeQuery(draft);
    expect(draft.queryText).toBe("(price>1)");
    typeQuery(draft, "(price>2)");
    expect(draft.filters.map(({ value }) => value)).toEqual(["2", "", "much"]);
  });

  it("does not draw rows anew that say the same", () => {
    const draft = withQuery("(price>1)+(source=Manual)");
    const [first, second] = draft.filters;
    typeQuery(draft, "(price>1)+(source=Feed)");
    expect(draft.filters[0]).toBe(first);
    expect(draft.filters[1]).not.toBe(second);
  });
});
