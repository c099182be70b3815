import { describe, expect, it } from "vitest";
import {
  describe as describeField,
  filterable,
  orderable,
  listFields,
} from "../../../../../../src/addin/taskpane/builder/fields/field-list.ts";
import type { FieldSummary } from "../../../../../../src/kalibrate/gateway-api.ts";

const field = (name: string, refersTo = "", example: FieldSummary["example"] = null): FieldSummary => ({
  name,
  label: name,
  type: "text",
  refersTo,
  example,
});

const known: Record<string, FieldSummary[]> = {
  price: [field("price", "", 1.459), field("site", "site"), field("origin"), field("product", "product")],
  site: [field("name", "", "Stoke North"), field("brand", "reference/Brand")],
};

const list = (options: Partial<Parameters<typeof listFields>[0]> = {}) =>
  listFields({
    collection: "price",
    usual: ["site.name", "price"],
    fieldsOf: (collection) => known[collection],
    expanded: new Set(),
    search: "",
    ...options,
  });

const paths = (options?: Parameters<typeof list>[0]) => list(options).map(({ path }) => path);

describe("the fields to choose from", () => {
  it("begins with the usual columns, those of referenced records too", () => {
    expect(paths()).toEqual(["site.name", "price", "site", "origin", "product"]);
    expect(list()[0]).toMatchObject({
      label: "Site name",
      type: "text",
      example: "Stoke North",
      isUsual: true,
      depth: 0,
    });
  });

  it("shows the fields of a record that is referred to below it, step by step", () => {
    const expanded = new Set(["site", "site.brand"]);
    const shown = paths({ expanded, usual: [] });
    expect(shown.slice(0, 4)).toEqual(["price", "site", "site.name", "site.brand"]);
    expect(shown).toContain("site.brand.name");
    expect(list({ expanded, usual: [] }).find(({ path }) => path === "site.brand.name")).toMatchObject({
      depth: 2,
      label: "Site brand name",
    });
  });

  it("shows what the catalogue knows until the records are there, without personal data", () => {
    const shown = paths({ expanded: new Set(["product"]), usual: [] });
    expect(shown).toContain("product.currentPrice");
    expect(
      paths({
        expanded: new Set(["site"]),
        fieldsOf: (text) => (text === "price" ? known["price"] : undefined),
      }),
    ).not.toContain("site.managerEmail");
  });

  it("finds by all words, in names and labels, and beyond references that nobody has opened", () => {
    expect(paths({ search: "site NAME" })).toEqual([
      "site.name",
      "site.brand.name",
      "product.nearestOwnSite.name",
      "product.site.name",
    ]);
    expect(paths({ search: "site brand name" })).toEqual(["site.brand.name"]);
    expect(paths({ search: "product current price eff" })).toContain("product.currentPriceEffectiveTime");
    expect(paths({ search: "zebra" })).toEqual([]);
  });

  it("goes no deeper than three references", () => {
    const expanded = new Set(["product", "product.product", "product.product.product"]);
    const deepest = list({ expanded, usual: [] }).filter(({ depth }) => depth === 3);
    expect(deepest.length).toBeGreaterThan(0);
    expect(deepest.every(({ refersTo }) => refersTo === "")).toBe(true);
  });

  it("describes what it has never heard of by its name", () => {
    expect(describeField("price", "brandNew.thing", () => undefined)).toMatchObject({
      label: "Brand new thing",
      type: undefined,
    });
  });

  it("filters by code and name where people have no ids, the usual columns first", () => {
    expect(filterable("price", known["price"]!).map(({ path }) => path)).toEqual([
      "site.importCode",
      "site.name",
      "product.product.name",
      "price",
      "origin",
      "product.importCode",
    ]);
  });

  it("orders by the record's own fields, which the Data API can", () => {
    expect(orderable(known["price"]!).map(({ path }) => path)).toEqual(["price", "origin"]);
  });
});
